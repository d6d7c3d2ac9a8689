"""What makes the data that the package ships; may import `quotes`, never the reverse."""

"""What the opening of a release says, read by a small trained transformer."""

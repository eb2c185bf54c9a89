"""What an article did to its topic's tickets: an estimate with a measured error, or none."""

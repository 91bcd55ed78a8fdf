"""An organisation to try the map with: invented and told as a story, or synthetic and of any size."""

"""Where things stand on a chart, in px, before anything is drawn."""

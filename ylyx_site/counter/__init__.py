"""The counter: whoever calls or stands at the window is served by a clerk, by the same rules."""

"""Who came, who left, who stays away today, and how they were at the door."""

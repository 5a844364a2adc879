"""Reading a district: its register, its months with the rows behind each figure, its journal."""

"""Reading menus, orders and plans."""

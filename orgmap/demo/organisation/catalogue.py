"""Whom Skerry & Fell speaks to, and where."""

from orgmap.demo.records import Category

# fmt: off
AUDIENCES = (
    Category("customers", "Customers"),
    Category("commuters", "Commuters", "customers"),
    Category("islanders", "Islanders", "customers"),
    Category("leisure", "Leisure travellers", "customers"),
    Category("families", "Families", "customers"),
    Category("assisted", "Travellers who need a hand", "customers"),
    Category("freight-customers", "Freight customers", "customers"),
    Category("prospects", "Prospects"),
    Category("day-trippers", "Day-trippers", "prospects"),
    Category("holiday-planners", "Holiday planners", "prospects"),
    Category("drivers", "People who take the car", "prospects"),
    Category("candidates", "Candidates"),
    Category("graduates", "Graduates", "candidates"),
    Category("apprentices", "Apprentices", "candidates"),
    Category("skilled", "Engineers, drivers and deckhands", "candidates"),
    Category("employees", "Employees"),
    Category("crews", "Crews", "employees"),
    Category("office-staff", "Office staff", "employees"),
    Category("pensioners", "Former staff", "employees"),
    Category("suppliers", "Suppliers"),
    Category("growers", "Growers and makers", "suppliers"),
    Category("yards", "Yards and workshops", "suppliers"),
    Category("community", "Community"),
    Category("schools", "Schools", "community"),
    Category("neighbours", "Neighbours of the line", "community"),
    Category("enthusiasts", "Rail and sea enthusiasts", "community"),
    Category("media", "Media"),
    Category("local-press", "Local press", "media"),
    Category("travel-writers", "Travel writers", "media"),
    Category("authorities", "Authorities"),
    Category("councils", "Councils", "authorities"),
    Category("safety-bodies", "Safety bodies", "authorities"),
)

MARKETS = (
    Category("region", "Our region"),
    Category("port-maren", "Port Maren", "region"),
    Category("north-shore", "North Shore", "region"),
    Category("fells", "The Fells", "region"),
    Category("isles", "The Isles", "region"),
    Category("language", "Visitors by language"),
    Category("german", "German-speaking visitors", "language"),
    Category("dutch", "Dutch-speaking visitors", "language"),
    Category("french", "French-speaking visitors", "language"),
)

"""The tree of Skerry & Fell: 6 divisions, and two departments that are gone."""

from orgmap.demo.records import Department

# fmt: off
DEPARTMENTS = (
    Department(
        "skerry-and-fell", "Skerry & Fell", "", "leadership",
        "Trains over the fells and boats to the isles, every day of the year, for everybody who lives here or would "
        "like to have a look.", head="Agnes Tarn", staff=("Agnes Tarn",), acronym="S&F",
        aliases=("Skerry and Fell Railway and Ferries",), mailbox="office"),

    Department(
        "customer-care", "Customer care", "skerry-and-fell", "customer_service",
        "Answers everybody who travels with us, puts right what went wrong, and tells the others what keeps going "
        "wrong.", head="Maud Ferrier", deputy="Ivo Lindholt", staff=("Maud Ferrier", "Ivo Lindholt", "Bela Osk"),
        acronym="CC", aliases=("Customer service", "Care"), mailbox="care", audiences="customers"),
    Department(
        "help-desk", "Travel help desk", "customer-care", "customer_service",
        "A person who answers, from the first train until the last boat.", head="Ivo Lindholt", deputy="Bela Osk",
        staff=("Ivo Lindholt", "Bela Osk", "Tilda Marsh"), aliases=("Helpdesk", "Enquiries"), mailbox="help"),
    Department(
        "lost-property", "Lost property", "customer-care", "customer_service",
        "Brings 9,000 umbrellas, 400 phones and one tuba a year back to whom they belong.", head="Osric Penn",
        staff=("Osric Penn", "Dilys Crake"), mailbox="found", markets="region"),
    Department(
        "assisted-travel", "Assisted travel", "customer-care", "customer_service",
        "A ramp, an arm or an hour's notice: nobody stays at home because a step is too high.", head="Rosa Thwaite",
        staff=("Rosa Thwaite", "Len Corrie"), mailbox="assist", audiences="assisted", markets="region"),

    Department(
        "marketing", "Marketing", "skerry-and-fell", "marketing", "Fills the seats that would otherwise travel empty.",
        head="Cosmo Bright", deputy="Freya Lund", staff=("Cosmo Bright", "Freya Lund"),
        aliases=("Marketing and sales",), mailbox="marketing"),
    Department(
        "brand-studio", "Brand studio", "marketing", "brand",
        "Keeps the green and the gull, the tone and the pictures, on everything from a ticket to a ship's funnel.",
        head="Freya Lund", deputy="Jasper Holm", staff=("Freya Lund", "Jasper Holm", "Nell Auk"),
        aliases=("Brand", "Design studio"), mailbox="brand"),
    Department(
        "campaigns", "Campaigns and offers", "marketing", "marketing",
        "Thinks up a reason to travel for every month, and says what it costs.", head="Pia Rook", deputy="Sam Tolley",
        staff=("Pia Rook", "Sam Tolley", "Wilf Dunn"), mailbox="offers", audiences="commuters leisure families"),
    Department(
        "holidays", "Holidays and group travel", "marketing", "sales",
        "Sells the journey with a bed, a bicycle or a brass band attached.", head="Lorcan Hythe",
        staff=("Lorcan Hythe", "Greta Sand"), mailbox="holidays", audiences="holiday-planners"),
    Department(
        "web-and-app", "Web and app", "marketing", "product",
        "Builds the timetable that fits in a pocket and the ticket that cannot be left at home.", head="Ravi Stell",
        staff=("Ravi Stell", "Una Beck"), aliases=("Digital products",), mailbox="app"),
    Department(
        "traveller-insight", "Traveller insight", "marketing", "research",
        "Counts, asks and listens, so that the next timetable is not a guess.", head="Edda Moss", staff=("Edda Moss",),
        mailbox="insight"),

    Department(
        "railway", "Railway", "skerry-and-fell", "operations",
        "Runs 214 trains a day on one line, two branches and a great many bridges.", head="Tobias Wren",
        staff=("Tobias Wren", "Hedda Fosse"), mailbox="railway"),
    Department(
        "fell-line", "Fell Line control", "railway", "operations",
        "Decides in the small hours whether the first train climbs, waits or takes the low road.", head="Hedda Fosse",
        deputy="Amos Gill", staff=("Hedda Fosse", "Amos Gill"), aliases=("Control room",), mailbox="control",
        audiences="commuters leisure", markets="fells north-shore"),
    Department(
        "stations", "Stations", "railway", "operations",
        "Eleven stations, eleven clocks, and a waiting room with a stove in each.", head="Clara Dunmore",
        staff=("Clara Dunmore", "Ned Pike", "Isla Brand"), mailbox="stations", audiences="commuters leisure",
        markets="port-maren north-shore fells"),
    Department(
        "workshops", "Workshops", "railway", "development",
        "Keeps forty-year-old railcars young and teaches new ones the hill.", head="Magnus Iron",
        staff=("Magnus Iron", "Kit Sorby"), mailbox="workshops"),
    Department(
        "heritage", "Heritage trains", "railway", "marketing",
        "Four steam engines, one timetable from 1911 and two hundred volunteers.", head="Beatrix Coal",
        deputy="Alf Tender", staff=("Beatrix Coal", "Alf Tender"), mailbox="steam", audiences="enthusiasts",
        markets="fells"),

    Department(
        "ferries", "Ferries and harbours", "skerry-and-fell", "operations",
        "Six ships and seven piers between the mainland and people's front doors.", head="Sigrid Voe",
        staff=("Sigrid Voe", "Callum Brae"), mailbox="ferries"),
    Department(
        "island-ferries", "Island ferries", "ferries", "operations", "The only road to the isles, and it moves.",
        head="Callum Brae", deputy="Runa Strand", staff=("Callum Brae", "Runa Strand", "Eben Holm"),
        aliases=("Ferries ops",), mailbox="boats", audiences="islanders leisure", markets="isles"),
    Department(
        "harbours", "Harbours", "ferries", "operations", "Berths, tides, lights and the word of the harbour master.",
        head="Joss Quay", staff=("Joss Quay", "Mina Pier"), mailbox="harbours", audiences="neighbours",
        markets="isles port-maren"),
    Department(
        "freight", "Freight and parcels", "ferries", "sales", "Cheese out, cement in: whatever the isles sell or need.",
        head="Bruno Haul", staff=("Bruno Haul", "Orla Crane"), mailbox="freight", audiences="freight-customers",
        markets="region"),
    Department(
        "galley", "Galley", "ferries", "product",
        "Breakfast before the swell, soup after it, all of it from farms that you pass.", head="Fern Ladle",
        staff=("Fern Ladle", "Toby Rusk"), aliases=("Catering", "Onboard catering"), mailbox="galley"),

    Department(
        "people", "People", "skerry-and-fell", "human_resources",
        "1,900 colleagues: finds them, teaches them, keeps them.", head="Ingrid Vale", staff=("Ingrid Vale",),
        mailbox="people"),
    Department(
        "human-resources", "Human resources", "people", "human_resources",
        "Fills 240 posts a year, half of them in places that do not stand still.", head="Dora Finch",
        deputy="Emil Stone", staff=("Dora Finch", "Emil Stone", "Petra Lowe"), acronym="HR",
        aliases=("Recruitment", "Personnel"), mailbox="jobs", audiences="candidates", markets="region"),
    Department(
        "apprentice-school", "Apprentice school", "human-resources", "human_resources",
        "Thirty-six apprentices a year learn to weld, steer, signal and apologise.", head="Gus Tiller",
        staff=("Gus Tiller", "Hazel Ring"), mailbox="school", audiences="apprentices schools", markets="region"),
    Department(
        "staff-news", "Staff news", "people", "human_resources", "So that the night shift hears it from us first.",
        head="Wanda Leaf", staff=("Wanda Leaf", "Otto Speck"), mailbox="news", audiences="employees", markets="region"),

    Department(
        "corporate-affairs", "Corporate affairs", "skerry-and-fell", "leadership",
        "Speaks for the company where it is asked, and keeps its books and its word.", head="Leopold Ash",
        staff=("Leopold Ash",), mailbox="affairs"),
    Department(
        "press-office", "Press office", "corporate-affairs", "public_relations",
        "Returns every call from a newsroom within the hour, at night as well.", head="Nora Quick", deputy="Basil Ink",
        staff=("Nora Quick", "Basil Ink"), aliases=("Public relations", "PR"), mailbox="press", audiences="media"),
    Department(
        "community", "Community and schools", "corporate-affairs", "public_relations",
        "Neighbours of a railway should know its people by name.", head="Marigold Hay",
        staff=("Marigold Hay", "Piers Lamb"), mailbox="neighbours", audiences="schools neighbours", markets="region"),
    Department(
        "purchasing", "Purchasing", "corporate-affairs", "accounting",
        "Buys what floats, rolls or is eaten, from nearby where nearby makes it.", head="Silas Purse",
        staff=("Silas Purse", "Vera Crate"), mailbox="buying", audiences="suppliers", markets="region"),
    Department(
        "finance", "Finance", "corporate-affairs", "accounting", "Knows what a mile costs, and by sea as well.",
        head="Hester Penny", staff=("Hester Penny",), mailbox="finance",
        no_account_reason="Whom we write to has an invoice in hand; that is a letter, not a post. Questions go to "
        "Care."),
    Department(
        "legal", "Legal", "corporate-affairs", "legal", "Reads the small print, and writes ours in larger letters.",
        head="Ambrose Seal", staff=("Ambrose Seal",), mailbox="legal"),
    Department(
        "it-and-data", "IT and data", "corporate-affairs", "it",
        "Keeps the signal boxes, the tills and the open timetable talking to each other.", head="Zelda Node",
        staff=("Zelda Node", "Arlo Byte"), acronym="IT", mailbox="data"),
    Department(
        "tour-coaches", "Tour coaches", "marketing", "sales",
        "Took visitors where the rails end, in coaches with very large windows.", staff=("Gregor Wheel",),
        mailbox="coaches", closed_ago=410, successor="holidays"),
    Department(
        "digital-lab", "Digital lab", "corporate-affairs", "it",
        "Tried things out for two years. Some of them still run.", staff=("Quentin Spark",), mailbox="lab",
        closed_ago=230),
)

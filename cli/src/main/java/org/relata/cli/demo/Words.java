package org.relata.cli.demo;

import java.util.List;

/// The vocabulary of the shop: an outfitter for people who cook, read, run and camp.
final class Words {
    static final List<String> CATEGORIES = List.of("kitchen", "books", "running", "camping", "garden", "audio");

    /// What is sold in each category, in the order of [#CATEGORIES].
    static final List<List<String>> THINGS = List.of(
            List.of("Chef's knife", "Cast-iron pan", "Moka pot", "Mixing bowls", "Spice mill", "Bread tin", "Apron"),
            List.of("Atlas", "Cookbook", "Crime novel", "Field guide", "Poetry reader", "Sketchbook", "Chess primer"),
            List.of("Trail shoes", "Rain jacket", "Running belt", "Wool socks", "Head torch", "Water flask", "Tights"),
            List.of("Two-person tent", "Sleeping mat", "Gas stove", "Down bag", "Tarp", "Folding chair", "Lantern"),
            List.of("Secateurs", "Seed tray", "Watering can", "Leaf rake", "Bird feeder", "Rain gauge", "Trowel"),
            List.of("Headphones", "Bookshelf speaker", "Turntable", "Radio", "Microphone", "Record brush", "Earbuds"));

    /// A typical price in each category.
    static final double[] PRICES = {32, 18, 48, 75, 24, 95};

    static final List<String> STYLES =
            List.of("classic", "light", "compact", "Nordic", "double", "junior", "pro", "travel", "heritage", "basic");

    static final List<String> BRANDS = List.of(
            "Alder & Sons",
            "Bergfink",
            "Calder",
            "Dunmore",
            "Ekeby",
            "Farrow",
            "Gullholm",
            "Haru",
            "Isar",
            "Juniper",
            "Kestrel",
            "Lumen",
            "Marlowe",
            "Nordlys",
            "Oriel",
            "Pico");

    static final List<String> FIRST_NAMES = List.of(
            "Ada", "Amir", "Anna", "Bea", "Carlos", "Chloé", "Daniel", "Dilara", "Elif", "Emil", "Eva", "Femi", "Grace",
            "Hana", "Hugo", "Ines", "Ivan", "Jana", "Jonas", "Kofi", "Lea", "Liam", "Lucía", "Maja", "Marek", "Mila",
            "Nils", "Noor", "Olga", "Oskar", "Petra", "Priya", "Rosa", "Samir", "Sofie", "Tomás", "Uma", "Viktor",
            "Wen", "Yara", "Zoë");

    static final List<String> LAST_NAMES = List.of(
            "Abele",
            "Bauer",
            "Costa",
            "Dubois",
            "Eriksen",
            "Fischer",
            "García",
            "Haddad",
            "Ito",
            "Jensen",
            "Kaya",
            "Kowalska",
            "Lindqvist",
            "Mensah",
            "Müller",
            "Novák",
            "O'Brien",
            "Okafor",
            "Patel",
            "Quist",
            "Rossi",
            "Sato",
            "Schmidt",
            "Silva",
            "Tanaka",
            "Ueda",
            "van Dijk",
            "Weber",
            "Yilmaz",
            "Zhang");

    static final List<String> CITIES = List.of(
            "Berlin", "Kraków", "Lyon", "Porto", "Aarhus", "Ghent", "Turin", "Cork", "Malmö", "Graz", "Brno", "Bilbao");

    static final List<String> ACQUIRED_VIA = List.of("search", "friend", "promo", "social", "newsletter");

    static final List<String> CHANNELS = List.of("web", "app", "marketplace", "phone");

    static final List<String> DEVICES = List.of("phone", "laptop", "tablet");

    /// What people type when all is well; `%s` is a thing or a category.
    static final List<String> SEARCHES =
            List.of("%s", "%s sale", "best %s", "%s gift", "new %s", "cheap %s", "%s review", "%s size guide");

    /// What people type when they are on their way out.
    static final List<String> TROUBLE =
            List.of("how to return", "refund status", "cancel newsletter", "delete account", "contact support");

    /// Why things come back when they are no good.
    static final List<String> FAULTS = List.of(
            "broke after a week",
            "arrived damaged",
            "poor quality, not as described",
            "stopped working",
            "seam came apart",
            "parts missing");

    /// Why things come back when nothing is wrong with them.
    static final List<String> CHANGES_OF_MIND =
            List.of("wrong size", "changed my mind", "ordered twice", "gift was not wanted", "found it at home");

    /// Why accounts are closed.
    static final List<String> FAREWELLS = List.of("too expensive", "quality", "moved away", "no longer needed");

    private Words() {}
}

using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

internal static class StructureWords
{
    public static readonly Product[] Rows =
    [
        new(Structure, "infrastructure", "bridge", "bridge|footbridge|flyover|overpass", new(50, 10, 8), "concrete", "structure",
        [
            new("deck", 0, 0, .75, 1, 1, .12),
            new("piers", .25, .1, 0, .03, .8, .75, Along: 3),
            new("abutments", 0, 0, 0, .04, 1, .75, Along: 2),
            new("railings", 0, 0, .87, 1, .02, .13, Across: 2, Material: "steel"),
        ]),
        new(Structure, "infrastructure", "highway", "highway|road|motorway|highway route|expressway",
            new(1000, 15, 0.5), "concrete", "structure",
        [
            new("subgrade", 0, 0, 0, 1, 1, .3),
            new("base", 0, .05, .3, 1, .9, .3),
            new("pavement", 0, .15, .6, 1, .7, .4),
            new("shoulders", 0, .05, .6, 1, .1, .35, Across: 2),
            new("drainage", 0, 0, .3, 1, .04, .3, Across: 2),
        ]),
        new(Structure, "infrastructure", "dam", "dam", new(200, 30, 40), "concrete", "structure",
        [
            new("wall", 0, 0, .1, 1, .5, .9),
            new("spillway", .4, .5, .1, .2, .5, .6),
            new("foundation", 0, 0, 0, 1, 1, .1),
        ]),
        new(Structure, "infrastructure", "tunnel", "tunnel", new(500, 12, 8), "concrete", "structure",
        [
            new("lining", 0, 0, 0, 1, .06, .92, Across: 2),
            new("lining", 0, 0, .92, 1, 1, .08),
            new("roadway", 0, .06, 0, 1, .88, .06),
            new("ventilation", .1, .4, .78, .02, .2, .12, Along: 3, Material: "steel"),
        ]),
        new(Structure, "infrastructure", "shelter", "gazebo|garden gazebo|pergola|bus stop|bus shelter|shelter", new(4, 3, 2.8), "wood", "structure",
        [
            new("posts", .02, .03, 0, .04, .05, .92, Along: 2, Across: 2),
            new("roof", 0, 0, .92, 1, 1, .08),
        ]),
        new(Structure, "infrastructure", "mast", "radio mast|radio tower|mast|antenna tower", new(3, 3, 60), "steel", "structure",
        [
            new("base", 0, 0, 0, 1, 1, .01, Material: "concrete"),
            new("legs", .1, .1, .01, .06, .06, .94, Along: 2, Across: 2),
            new("antenna", .45, .45, .95, .1, .1, .05),
        ]),
        new(Structure, "infrastructure", "water_tower", "water tower", new(10, 10, 25), "concrete", "structure",
        [
            new("foundation", 0, 0, 0, 1, 1, .04),
            new("legs", .1, .1, .04, .08, .08, .66, Along: 2, Across: 2),
            new("tank", 0, 0, .7, 1, 1, .3),
        ]),
        new(Structure, "infrastructure", "lighthouse", "lighthouse", new(8, 8, 30), "stone", "structure",
        [
            new("foundation", 0, 0, 0, 1, 1, .03),
            new("shaft", .1, .1, .03, .8, .8, .77),
            new("gallery", .05, .05, .8, .9, .9, .03, Material: "steel"),
            new("lantern", .2, .2, .83, .6, .6, .17, Material: "glass"),
        ]),
        new(Structure, "leisure", "swimming_pool", "swimming pool|pool|infinity pool", new(10, 5, 1.8), "concrete", "structure",
        [
            new("floor", 0, 0, 0, 1, 1, .1),
            new("sides", 0, 0, .1, 1, .04, .9, Across: 2),
            new("ends", 0, .04, .1, .02, .92, .9, Along: 2),
        ]),
        new(Structure, "transport", "charging_station", "ev charging station|charging station", new(12, 6, 4), "steel", "structure",
        [
            new("chargers", .05, .45, 0, .03, .1, .45, Along: 4),
            new("posts", .02, .1, 0, .02, .03, .94, Along: 2, Across: 2),
            new("canopy", 0, 0, .94, 1, 1, .06),
        ]),
        new(Structure, "leisure", "dog_house", "dog house|doghouse|kennel", new(0.9, 0.7, 0.8), "wood", "structure",
        [
            new("floor", 0, 0, 0, 1, 1, .05),
            new("walls", 0, 0, .05, 1, .05, .7, Across: 2),
            new("ends", 0, .05, .05, .05, .9, .7, Along: 2),
            new("roof", 0, 0, .75, 1, 1, .25),
        ]),
    ];
}

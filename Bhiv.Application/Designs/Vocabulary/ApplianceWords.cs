using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

internal static class ApplianceWords
{
    public static readonly Product[] Rows =
    [
        new(Appliance, "household", "lamp", "lamp|desk lamp|floor lamp|table lamp", new(0.3, 0.3, 0.5), "steel", "body",
        [
            new("base", .2, .2, 0, .6, .6, .05),
            new("stem", .47, .47, .05, .06, .06, .55),
            new("shade", 0, 0, .6, 1, 1, .4, Material: "fabric"),
            new("bulb", .4, .4, .65, .2, .2, .24, Material: "glass"),
        ]),
        new(Appliance, "household", "refrigerator", "refrigerator|fridge", new(0.7, 0.7, 1.8), "steel", "body",
        [
            new("body", 0, .08, 0, 1, .92, 1),
            new("door", 0, 0, .02, 1, .08, .98),
            new("compressor", .25, .65, .02, .5, .33, .14),
            new("shelves", .08, .12, .2, .84, .5, .01, Tiers: 4, Material: "glass"),
        ]),
        new(Appliance, "household", "washing_machine", "washing machine", new(0.6, 0.6, 0.85), "steel", "body",
        [
            new("body", 0, .05, 0, 1, .95, 1),
            new("drum", .1, .12, .24, .8, .75, .6),
            new("motor", .3, .4, .04, .35, .35, .15),
            new("door", .2, 0, .32, .6, .05, .42, Material: "glass"),
            new("pump", .7, .1, .04, .2, .2, .12, Material: "plastic"),
        ]),
        new(Appliance, "household", "dishwasher", "dishwasher", new(0.6, 0.6, 0.85), "steel", "body",
        [
            new("body", 0, .05, 0, 1, .95, 1),
            new("racks", .08, .1, .25, .84, .8, .2, Tiers: 2),
            new("spray_arms", .15, .45, .2, .7, .1, .03, Tiers: 2, Material: "plastic"),
            new("pump", .3, .4, .03, .4, .3, .14, Material: "plastic"),
            new("door", 0, 0, .1, 1, .05, .9),
        ]),
        new(Appliance, "household", "oven", "oven|microwave|stove", new(0.6, 0.6, 0.6), "steel", "body",
        [
            new("body", 0, .06, 0, 1, .94, 1),
            new("door", 0, 0, .04, 1, .06, .74, Material: "glass"),
            new("heating_element", .1, .15, .08, .8, .75, .03, Tiers: 2),
            new("controls", 0, 0, .8, 1, .06, .16, Material: "plastic"),
        ]),
    ];
}

using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>Vehicles stand along x with their front to the west.</summary>
internal static class VehicleWords
{
    public static readonly Product[] Rows =
    [
        new(Vehicle, "transport", "car", "car|vehicle|sports car|suv|sedan", new(4.5, 1.8, 1.5), "steel", "body",
        [
            new("chassis", .03, .08, .12, .94, .84, .1),
            new("body", 0, .02, .2, 1, .96, .4),
            new("cabin", .28, .08, .6, .5, .84, .4, Material: "glass"),
            new("engine", .05, .25, .25, .2, .5, .3),
            new("wheels", .1, 0, 0, .15, .12, .45, Along: 2, Across: 2, Material: "rubber"),
            new("seats", .36, .15, .25, .12, .3, .5, Along: 2, Across: 2, Material: "fabric"),
        ]),
        new(Vehicle, "transport", "electric_vehicle", "electric vehicle|electric car|ev", new(4.6, 1.85, 1.5), "aluminium", "body",
        [
            new("chassis", .03, .08, .12, .94, .84, .1),
            new("body", 0, .02, .2, 1, .96, .4),
            new("cabin", .28, .08, .6, .5, .84, .4, Material: "glass"),
            new("battery_pack", .26, .12, .14, .48, .76, .1),
            new("electric_motor", .78, .3, .2, .12, .4, .2),
            new("wheels", .1, 0, 0, .15, .12, .45, Along: 2, Across: 2, Material: "rubber"),
            new("seats", .36, .15, .25, .12, .3, .5, Along: 2, Across: 2, Material: "fabric"),
            new("charging_port", .9, 0, .45, .04, .02, .08, Material: "plastic"),
        ]),
        new(Vehicle, "transport", "truck", "truck|lorry|van", new(8, 2.5, 3.2), "steel", "body",
        [
            new("chassis", .02, .2, .16, .96, .6, .08),
            new("cab", 0, .02, .2, .25, .96, .7),
            new("engine", .03, .3, .2, .15, .4, .25),
            new("cargo_bed", .27, 0, .28, .73, 1, .72),
            new("wheels", .08, 0, 0, .12, .12, .3, Along: 2, Across: 2, Material: "rubber"),
        ]),
        new(Vehicle, "transport", "camper_van", "camper van|campervan|motorhome", new(6, 2.1, 2.7), "steel", "body",
        [
            new("chassis", 0, 0, .1, 1, 1, .1),
            new("body", 0, 0, .2, 1, 1, .65),
            new("roof", .1, .05, .85, .85, .9, .15),
            new("wheels", .12, 0, 0, .12, .1, .2, Along: 2, Across: 2),
        ]),
        new(Vehicle, "transport", "bus", "bus|electric bus|school bus", new(12, 2.55, 3.2), "steel", "body",
        [
            new("chassis", .02, .1, .1, .96, .8, .06),
            new("body", 0, 0, .16, 1, 1, .84),
            new("engine", .88, .25, .18, .1, .5, .25),
            new("seats", .14, .05, .25, .72, .35, .32, Across: 2, Material: "fabric"),
            new("doors", .04, 0, .16, .1, .02, .66, Along: 2, Material: "glass"),
            new("wheels", .15, 0, 0, .08, .12, .3, Along: 2, Across: 2, Material: "rubber"),
        ]),
        new(Vehicle, "transport", "bicycle", "bicycle|bike|electric bike", new(1.8, 0.6, 1.1), "aluminium", "frame",
        [
            new("frame", .2, .45, .27, .6, .1, .5),
            new("wheels", 0, .46, 0, .38, .08, .62, Along: 2, Material: "rubber"),
            new("handlebar", .22, 0, .96, .04, 1, .04),
            new("saddle", .58, .38, .84, .15, .24, .08, Material: "leather"),
            new("drivetrain", .42, .38, .15, .4, .24, .2, Material: "steel"),
        ]),
        new(Vehicle, "transport", "motorcycle", "motorcycle|motorbike|scooter", new(2.1, 0.8, 1.1), "steel", "frame",
        [
            new("frame", .2, .4, .3, .6, .2, .4),
            new("engine", .36, .3, .2, .28, .4, .35),
            new("wheels", 0, .41, 0, .3, .18, .57, Along: 2, Material: "rubber"),
            new("handlebar", .22, 0, .95, .05, 1, .05),
            new("saddle", .45, .32, .7, .38, .36, .1, Material: "leather"),
        ]),
        new(Vehicle, "transport", "train", "train|tram", new(25, 2.9, 3.8), "aluminium", "body",
        [
            new("bogies", .06, .1, 0, .14, .8, .22, Along: 2, Material: "steel"),
            new("body", 0, 0, .22, 1, 1, .78),
            new("motors", .1, .3, .08, .06, .4, .12, Along: 2),
            new("doors", .15, 0, .25, .06, .02, .55, Along: 2, Across: 2, Material: "glass"),
            new("seats", .23, .05, .3, .54, .35, .28, Across: 2, Material: "fabric"),
        ]),
        new(Vehicle, "transport", "boat", "boat|yacht|ship", new(10, 3.2, 3), "plastic", "body",
        [
            new("hull", 0, 0, 0, 1, 1, .45),
            new("deck", .05, .05, .45, .9, .9, .03, Material: "wood"),
            new("cabin", .35, .2, .48, .4, .6, .52),
            new("engine", .8, .35, .1, .15, .3, .25, Material: "steel"),
            new("rudder", .97, .47, 0, .03, .06, .3),
        ]),
        new(Vehicle, "transport", "aircraft", "airplane|aeroplane|aircraft", new(15, 16, 4), "aluminium", "body",
        [
            new("fuselage", 0, .45, .25, 1, .1, .4),
            new("wings", .35, 0, .4, .2, .45, .05, Across: 2),
            new("tail", .88, .35, .6, .12, .3, .4),
            new("engines", .3, .2, .22, .12, .08, .16, Across: 2, Material: "steel"),
            new("landing_gear", .1, .47, 0, .04, .06, .25, Material: "steel"),
            new("landing_gear", .45, .4, 0, .04, .05, .25, Across: 2, Material: "steel"),
        ]),
    ];
}

using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

internal static class ElectronicsWords
{
    public static readonly Product[] Rows =
    [
        new(Electronics, "consumer", "drone", "drone|quadcopter", new(0.35, 0.35, 0.1), "plastic", "body",
        [
            new("frame", .15, .15, .3, .7, .7, .2),
            new("rotors", 0, 0, .9, .4, .4, .1, Along: 2, Across: 2),
            new("motors", .15, .15, .5, .1, .1, .4, Along: 2, Across: 2, Material: "aluminium"),
            new("battery", .35, .35, .5, .3, .3, .25),
            new("controller", .4, .4, .1, .2, .2, .2),
        ]),
        new(Electronics, "iot", "iot_sensor", "sensor|iot sensor|iot device|temperature sensor|motion sensor",
            new(0.1, 0.1, 0.05), "plastic", "body",
        [
            new("enclosure", 0, 0, 0, 1, 1, .9),
            new("sensor_element", .4, .4, .9, .2, .2, .1),
            new("microcontroller", .15, .15, .3, .25, .25, .1),
            new("radio", .6, .15, .3, .25, .25, .1),
            new("battery", .15, .55, .15, .7, .3, .4),
        ]),
        new(Electronics, "consumer", "smartphone", "smartphone|smart phone|phone|tablet", new(0.15, 0.07, 0.01), "aluminium", "body",
        [
            new("body", 0, 0, 0, 1, 1, .9),
            new("display", .02, .03, .9, .96, .94, .1, Material: "glass"),
            new("battery", .35, .1, .2, .5, .8, .5),
            new("camera", .03, .05, 0, .15, .3, .2, Material: "glass"),
            new("mainboard", .05, .5, .3, .25, .4, .3, Material: "plastic"),
        ]),
        new(Electronics, "consumer", "laptop", "laptop|computer", new(0.35, 0.25, 0.02), "aluminium", "body",
        [
            new("body", 0, 0, 0, 1, 1, .6),
            new("display", 0, 0, .7, 1, 1, .3, Material: "glass"),
            new("keyboard", .05, .45, .6, .9, .4, .1, Material: "plastic"),
            new("battery", .1, .05, .1, .8, .35, .4),
            new("mainboard", .1, .5, .1, .8, .4, .3, Material: "plastic"),
        ]),
        new(Electronics, "consumer", "television", "television|tv", new(1.2, 0.08, 0.7), "plastic", "body",
        [
            new("body", 0, .3, .1, 1, .4, .9),
            new("display", .01, .2, .12, .98, .1, .86, Material: "glass"),
            new("mainboard", .35, .5, .3, .3, .15, .3),
            new("stand", .3, 0, 0, .4, 1, .1),
        ]),
        new(Electronics, "consumer", "device", "smartwatch|smart watch|camera", new(0.1, 0.08, 0.05), "aluminium", "body",
        [
            new("body", 0, 0, 0, 1, 1, .9),
            new("display", .1, .1, .9, .8, .8, .1, Material: "glass"),
            new("battery", .2, .2, .1, .6, .6, .3),
            new("mainboard", .2, .2, .5, .6, .6, .1, Material: "plastic"),
        ]),
    ];
}

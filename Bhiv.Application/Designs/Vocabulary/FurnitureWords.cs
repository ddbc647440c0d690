using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

internal static class FurnitureWords
{
    public static readonly Product[] Rows =
    [
        new(Furniture, "furnishing", "chair", "chair|armchair|stool|dining chair|seat", new(0.5, 0.5, 0.9), "wood", "frame",
        [
            new("seat", 0, 0, .47, 1, 1, .05),
            new("backrest", 0, .92, .52, 1, .08, .48),
            new("legs", 0, 0, 0, .08, .08, .47, Along: 2, Across: 2),
        ]),
        new(Furniture, "furnishing", "office_chair", "office chair|desk chair|ergonomic chair",
            new(0.65, 0.65, 1.1), "fabric", "furniture",
        [
            new("seat", .1, .1, .4, .8, .75, .08),
            new("backrest", .15, .85, .45, .7, .1, .55),
            new("armrests", 0, .3, .58, .1, .5, .03, Along: 2, Material: "plastic"),
            new("gas_lift", .45, .45, .08, .1, .1, .32, Material: "steel"),
            new("base", 0, 0, 0, 1, 1, .08, Material: "steel"),
        ]),
        new(Furniture, "furnishing", "table", "table|coffee table|dining table|side table|kitchen table",
            new(1.6, 0.9, 0.75), "wood", "frame",
        [
            new("top", 0, 0, .95, 1, 1, .05),
            new("legs", .03, .05, 0, .05, .08, .95, Along: 2, Across: 2),
        ]),
        new(Furniture, "furnishing", "desk", "desk|office desk|standing desk|workstation",
            new(1.4, 0.7, 0.75), "wood", "frame",
        [
            new("top", 0, 0, .96, 1, 1, .04),
            new("legs", .02, .04, 0, .04, .08, .96, Along: 2, Across: 2),
            new("drawers", .6, .15, .04, .32, .8, .28, Tiers: 3),
        ]),
        new(Furniture, "furnishing", "sofa", "sofa|couch|settee|sofa bed|sectional", new(2.2, 0.9, 0.85), "fabric", "furniture",
        [
            new("seat", .09, 0, 0, .82, .75, .4),
            new("backrest", .09, .75, 0, .82, .25, 1),
            new("armrests", 0, 0, 0, .09, 1, .7, Along: 2),
            new("cushions", .1, .05, .4, .39, .68, .15, Along: 2),
        ]),
        new(Furniture, "furnishing", "bed", "bed|bunk bed|hospital bed", new(2, 1.6, 0.5), "wood", "frame",
        [
            new("frame", .03, 0, 0, .97, 1, .5),
            new("mattress", .04, .02, .5, .95, .96, .4, Material: "fabric"),
            new("headboard", 0, 0, 0, .03, 1, 1),
        ]),
        new(Furniture, "furnishing", "wardrobe", "wardrobe|closet|cupboard|cabinet",
            new(1.8, 0.6, 2), "wood", "body",
        [
            new("body", 0, .04, 0, 1, .96, 1),
            new("doors", 0, 0, .03, .5, .04, .94, Along: 2),
            new("shelves", .02, .06, .15, .3, .9, .01, Tiers: 5),
            new("rail", .34, .48, .85, .64, .05, .02, Material: "steel"),
        ]),
        new(Furniture, "furnishing", "shelf", "shelf|bookshelf|bookcase|shelving|tv unit|tv stand", new(1, 0.3, 1.8), "wood", "frame",
        [
            new("sides", 0, 0, 0, .03, 1, 1, Along: 2),
            new("boards", .03, 0, .03, .94, 1, .01, Tiers: 5),
        ]),
        new(Furniture, "furnishing", "bench", "bench|garden bench|park bench", new(1.6, 0.45, 0.85), "wood", "frame",
        [
            new("seat", 0, 0, .47, 1, .85, .06),
            new("backrest", 0, .9, .53, 1, .1, .47),
            new("legs", .04, .05, 0, .06, .1, .47, Along: 2, Across: 2),
        ]),
        new(Furniture, "toy", "doll_house", "doll house|dollhouse|dolls house", new(0.8, 0.4, 0.9), "wood", "body",
        [
            new("floors", 0, 0, 0, 1, 1, .02, Tiers: 3),
            new("sides", 0, 0, .02, .02, 1, .7, Along: 2),
            new("back", .02, .95, .02, .96, .05, .7),
        ]),
        new(Furniture, "toy", "chess_board", "chess board|chessboard", new(0.5, 0.5, 0.03), "wood", "body",
        [
            new("board", 0, 0, 0, 1, 1, .7),
            new("squares", .08, .08, .7, .1, .1, .3, Along: 8, Across: 8),
        ]),
    ];
}

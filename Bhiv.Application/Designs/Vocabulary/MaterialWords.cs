namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>Materials with their usual role, and the parts of a design that can be made of them.</summary>
internal static class MaterialWords
{
    public static readonly (string Phrases, Meaning Meaning)[] Rows =
    [
        ("steel|metal|iron", new Material("steel", "frame")),
        ("stainless steel", new Material("steel", "finish", "stainless")),
        ("aluminium|aluminum", new Material("aluminium", "frame")),
        ("glass", new Material("glass", "glazing")),
        ("tempered glass|toughened glass", new Material("glass", "glazing", "tempered")),
        ("concrete|cement|rcc", new Material("concrete", "structure")),
        ("reinforced concrete", new Material("concrete", "structure", "reinforced")),
        ("precast concrete", new Material("concrete", "structure", "precast")),
        ("brick|brickwork|masonry", new Material("brick", "walls")),
        ("stone|sandstone|limestone", new Material("stone", "walls")),
        ("wood|wooden|timber|oak|teak|walnut", new Material("wood", "finish")),
        ("bamboo", new Material("bamboo", "frame")),
        ("marble", new Material("marble", "floor")),
        ("granite", new Material("granite", "countertop")),
        ("quartz", new Material("quartz", "countertop")),
        ("tile|tiled|ceramic|ceramic tile", new Material("tile", "floor")),
        ("slate", new Material("slate", "roof")),
        ("thatch|thatched", new Material("thatch", "roof")),
        ("plaster|drywall|gypsum", new Material("plaster", "walls")),
        ("leather", new Material("leather", "furniture")),
        ("fabric|velvet|linen", new Material("fabric", "furniture")),
        ("plastic|polymer", new Material("plastic", "body")),
        ("carbon fiber|carbon fibre", new Material("carbon_fiber", "body")),
        ("frame|framing|skeleton|frame structure", new Part("frame")),
        ("facade|façade|cladding|exterior|curtain wall", new Part("facade")),
        ("wall", new Part("walls")),
        ("window|glazing", new Part("windows")),
        ("door", new Part("doors")),
        ("roof|roofing", new Part("roof")),
        ("floor|flooring", new Part("floor")),
        ("structure|construction|slab|column", new Part("structure")),
        ("foundation|base", new Part("foundation")),
        ("countertop|counter|worktop", new Part("countertop")),
        ("surface", new Part("surfaces")),
        ("staircase|stairs|stair", new Part("staircase")),
        ("furniture|sofa|chair|furnishing", new Part("furniture")),
        ("finish|finishing|panel|paneling|accent", new Part("finish")),
        ("body|housing|casing|leg|seat", new Part("body")),
    ];
}

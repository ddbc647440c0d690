namespace Bhiv.Tests.Designs;

/// <summary>Prompts as people send them, the most frequent first, and what each must become.</summary>
internal static class Prompts
{
    /// <summary>prompt | design type, building type, subtype | storeys | area | rooms; a dash is null.</summary>
    private const string Rows =
        """
        Office building | building office - | 1 | 300 | -
        Sustainable office building | building office - | 1 | 300 | -
        Smart building | building general - | 1 | 300 | -
        Test prompt | building general - | 1 | 300 | -
        Residential complex | building residential complex | 1 | 300 | -
        Warehouse facility | building warehouse - | 1 | 1200 | -
        test | building general - | 1 | 300 | -
        Design a residential villa with garden and parking for 2 cars |
            building residential villa | 2 | 300 | bedroom:4,living_room:1,kitchen:1,bathroom:4
        Create a 2-story residential building with 4 bedrooms, living room, and kitchen. Total area 2000 sq ft. Modern style with large windows. |
            building residential - | 2 | 92.9 | bedroom:4,living_room:1,kitchen:1,bathroom:1
        Office | building office - | 1 | 300 | -
        make a building | building general - | 1 | 300 | -
        buildibgs | building general - | 1 | 300 | -
        Design a 4BHK villa with garden and granite countertops |
            building residential villa | 2 | 300 | bedroom:4,living_room:1,kitchen:1,bathroom:4
        Design a 3BHK apartment with modern kitchen and spacious living room |
            building residential apartment | 1 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:1
        Design a 10-story office building | building office - | 10 | 750 | -
        Design a row house with steel frame and glass windows |
            building residential row_house | 1 | 300 | bedroom:2,living_room:1,kitchen:1,bathroom:1
        Design a 3BHK independent house with concrete structure |
            building residential house | 1 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:2
        Build a commercial office space with open layout and conference rooms | building office - | 1 | 300 | meeting_room:2
        Design a studio apartment with smart storage solutions |
            building residential studio_apartment | 1 | 300 | studio:1,kitchen:1,bathroom:1
        Design a room | interior general room | - | 20 | room:1
        Design a modern 5-story office building with steel frame and glass facade | building office - | 5 | 750 | -
        Design a mid-rise residential building | building residential - | 5 | 750 | -
        Design a compact 2BHK flat with space-saving furniture |
            building residential apartment | 1 | 300 | bedroom:2,living_room:1,kitchen:1,bathroom:1
        Design a 3BHK apartment with marble flooring and modern kitchen |
            building residential apartment | 1 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:1
        Create a townhouse with leather furniture and granite surfaces |
            building residential townhouse | 2 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:2
        Create a duplex house with wooden staircase and terrace |
            building residential duplex | 2 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:2
        Create a bungalow with garage and quartz kitchen counters |
            building residential bungalow | 1 | 300 | kitchen:1,bedroom:3,living_room:1,bathroom:2
        Build a retail shop with display area and storage space | building general shop | 1 | 300 | display_area:1,storage:1
        Build a residential complex with foundation and roof design | building residential complex | 1 | 300 | -
        Build a farmhouse with brick walls and open kitchen |
            building residential farmhouse | 1 | 300 | kitchen:1,bedroom:3,living_room:1,bathroom:2
        Build a 2-story building with multiple bedrooms and bathrooms |
            building residential - | 2 | 300 | bedroom:2,bathroom:2,living_room:1,kitchen:1
        Prompt 2 | building general - | 1 | 300 | -
        Prompt 1 | building general - | 1 | 300 | -
        Design a studio apartment with efficient space utilization |
            building residential studio_apartment | 1 | 300 | studio:1,kitchen:1,bathroom:1
        Design a modern 2BHK apartment in Mumbai |
            building residential apartment | 1 | 300 | bedroom:2,living_room:1,kitchen:1,bathroom:1
        Design a 3BHK apartment with modern kitchen |
            building residential apartment | 1 | 300 | bedroom:3,living_room:1,kitchen:1,bathroom:1
        living room | interior residential living_room | - | 30 | living_room:1
        VR office environment | interior office office | - | 80 | office:1
        Optimize land use for Mumbai residential area | building residential - | 1 | 300 | -
        Modern office building with glass facade | building office - | 1 | 300 | -
        Modern chair design | furniture - chair | - | 0.25 | -
        Design a modern room | interior general room | - | 20 | room:1
        Design a modern office space | building office - | 1 | 300 | -
        Design a modern kitchen | interior residential kitchen | - | 14 | kitchen:1
        Create a modern living room with minimalist furniture and natural lighting |
            interior residential living_room | - | 30 | living_room:1
        Build a 5-story residential building | building residential - | 5 | 750 | -
        <string> | building general - | 1 | 300 | -
        Residential apartment complex with concrete structure | building residential apartment_complex | 1 | 300 | -
        Build a row house complex with 8 units and common parking | building residential row_house_complex | 1 | 300 | -
        Build a 5-story apartment | building residential apartment | 5 | 750 | -
        Design a mixed-use building with shops on ground floor and apartments above |
            building general mixed_use | 2 | 300 | shop:2,apartment:2
        """;

    /// <summary>A line that ends with the bar goes on in the next.</summary>
    public static IEnumerable<string[]> Table => Rows.Replace("|\n", "|", StringComparison.Ordinal).Split('\n')
        .Select(row => Array.ConvertAll(row.Split('|'), cell => cell.Trim()));

    public static IEnumerable<string> Texts => Table.Select(row => row[0]);

    public static IEnumerable<TestCaseData> Cases =>
        Table.Select(row => new TestCaseData([.. row]).SetArgDisplayNames(row[0]));
}

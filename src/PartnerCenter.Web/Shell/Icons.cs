using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Shell;

/// <summary>Our own line icons: the inside of a 20 × 20 picture, drawn with a stroke of the colour of the text.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Drawings = new()
    {
        ["archive"] = "<path d='M3 4h14v4H3zM4.5 8v8h11V8M8 11.5h4'/>",
        ["arrow-right"] = "<path d='M4 10h12m-5-5 5 5-5 5'/>",
        ["badge"] = "<circle cx='10' cy='8' r='4.5'/><path d='m7.5 11.8-1 6L10 15.5l3.5 2.3-1-6'/>",
        ["banknote"] = "<path d='M2.5 5.5h15v9h-15z'/><circle cx='10' cy='10' r='2.2'/><path d='M5 8v4m10-4v4'/>",
        ["bell"] = "<path d='M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4-2 5.5-2 5.5h13s-2-1.5-2-5.5A4.5 4.5 0 0 0 10 3zM8.2 16a1.9 1.9 0 0 0 3.6 0'/>",
        ["book"] = "<path d='M10 5.5C8 4 5.5 3.6 2.5 4v11.5c3-.4 5.5 0 7.5 1.5 2-1.5 4.5-1.9 7.5-1.5V4c-3-.4-5.5 0-7.5 1.5zm0 0V17'/>",
        ["building"] = "<path d='M4.5 17.5v-14h11v14M2.5 17.5h15M8 7h1m2 0h1M8 10h1m2 0h1m-3.5 7.5v-3.5h3v3.5'/>",
        ["chart"] = "<path d='M3 17h14M5.5 14V9m4.5 5V5m4.5 9v-3'/>",
        ["check"] = "<path d='m4 10.5 4 4 8-9'/>",
        ["chevron-down"] = "<path d='m5.5 8 4.5 4.5L14.5 8'/>",
        ["chevron-right"] = "<path d='M8 5.5 12.5 10 8 14.5'/>",
        ["clock"] = "<circle cx='10' cy='10' r='7'/><path d='M10 6v4l2.8 1.8'/>",
        ["close"] = "<path d='m5 5 10 10M15 5 5 15'/>",
        ["contrast"] = "<circle cx='10' cy='10' r='7'/><path d='M10 3v14a7 7 0 0 0 0-14z' fill='currentColor'/>",
        ["density"] = "<path d='M3.5 3h13m-13 14h13M10 6v8M7.5 8.5 10 6l2.5 2.5m-5 3L10 14l2.5-2.5'/>",
        ["exclamation"] = "<circle cx='10' cy='10' r='7'/><path d='M10 6v5m0 2.6v.4'/>",
        ["gear"] = "<circle cx='10' cy='10' r='2.5'/><path d='M10 2.5v2.3m0 10.4v2.3m7.5-7.5h-2.3M4.8 10H2.5m12.8-5.3-1.6 1.6m-7.4 7.4-1.6 1.6m10.6 0-1.6-1.6M6.3 6.3 4.7 4.7'/>",
        ["gift"] = "<path d='M3 7h14v3.5H3zM4.5 10.5v7h11v-7M10 7v10.5M10 7S8.5 2.5 6.3 3.3C4.3 4 5.5 7 10 7zm0 0s1.5-4.5 3.7-3.7C15.7 4 14.5 7 10 7z'/>",
        ["globe"] = "<circle cx='10' cy='10' r='7'/><path d='M3 10h14M10 3c-4.5 4.5-4.5 9.5 0 14 4.5-4.5 4.5-9.5 0-14z'/>",
        ["grid"] = "<path d='M3.5 3.5h5v5h-5zm8 0h5v5h-5zm-8 8h5v5h-5zm8 0h5v5h-5z'/>",
        ["handshake"] = "<path d='m2.5 6.5 3-2 4.5 2 4.5-2 3 2v6l-2.5 1.5-4.5 3-5.5-3-2.5-1.5zM10 6.5 7 9.5c1.5 1.5 3 .5 4-.5l4 4'/>",
        ["help"] = "<circle cx='10' cy='10' r='7'/><path d='M7.8 8a2.2 2.2 0 1 1 3.3 2c-.7.4-1.1.900-1.1 1.6m0 2v.4'/>",
        ["home"] = "<path d='m3 9.5 7-6.5 7 6.5M5 8v9h3.5v-5h3v5H15V8'/>",
        ["inbox"] = "<path d='M3 11.5 5.5 4h9l2.5 7.5V16H3zm0 0h4a3 3 0 0 0 6 0h4'/>",
        ["info"] = "<circle cx='10' cy='10' r='7'/><path d='M10 9.2V14m0-7.6V6'/>",
        ["invoice"] = "<path d='M4.5 2.5h11v15l-2.2-1.5-1.6 1.5L10 16l-1.7 1.5L6.7 16l-2.2 1.5zM7.5 6.5h5m-5 3h5m-5 3h3'/>",
        ["key"] = "<circle cx='6.5' cy='13.5' r='3.5'/><path d='m9 11 7.5-7.5M13 7l2.5 2.5'/>",
        ["lifebuoy"] = "<circle cx='10' cy='10' r='7'/><circle cx='10' cy='10' r='3'/><path d='m5 5 2.8 2.8m4.4 4.4L15 15m0-10-2.8 2.8m-4.4 4.4L5 15'/>",
        ["mail"] = "<path d='M2.5 4.5h15v11h-15zm0 1 7.5 6 7.5-6'/>",
        ["megaphone"] = "<path d='M3 8.5v3.5l2.5.5L14 16V4L5.5 8zM6.5 12.7l1 4h2l-1-3.2M16.5 8.5v3'/>",
        ["menu"] = "<path d='M3 5.5h14M3 10h14M3 14.5h14'/>",
        ["page"] = "<path d='M5 2.5h7l3 3v12H5zM12 2.5v3h3'/>",
        ["people"] = "<circle cx='7.5' cy='7' r='3'/><path d='M2 16.5c0-3 2.5-5 5.5-5s5.5 2 5.5 5M13 4.3a3 3 0 0 1 0 5.4M15 12c2 .7 3 2.4 3 4.5'/>",
        ["person"] = "<circle cx='10' cy='7' r='3.5'/><path d='M3.5 17c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5'/>",
        ["restore"] = "<path d='M4 8h8.5a4 4 0 0 1 0 8H8M4 8l3.5-3.5M4 8l3.5 3.5'/>",
        ["pin"] = "<path d='M7 3h6l-.8 5.5 2.8 2.8H5l2.8-2.8zM10 11.3v6'/>",
        ["search"] = "<circle cx='8.5' cy='8.5' r='5'/><path d='m12.5 12.5 4.5 4.5'/>",
        ["sliders"] = "<path d='M3 6h7m4 0h3M3 14h3m4 0h7'/><circle cx='12' cy='6' r='2'/><circle cx='8' cy='14' r='2'/>",
        ["star"] = "<path d='m10 3 2.2 4.6 5 .7-3.6 3.5.900 5L10 14.4l-4.5 2.4.900-5L2.8 8.3l5-.7z'/>",
        ["storefront"] = "<path d='M4 9.5v8h12v-8M3 6l1.5-3.5h11L17 6c0 1.9-1.1 3-2.3 3S12.3 8 12.3 6.5C12.3 8 11.2 9 10 9S7.7 8 7.7 6.5C7.7 8 6.5 9 5.3 9S3 7.9 3 6zM8 17.5v-5h4v5'/>",
        ["tag"] = "<path d='M3 3h7l7 7-7 7-7-7z'/><circle cx='6.7' cy='6.7' r='1'/>",
        ["trophy"] = "<path d='M6 3h8v5.5a4 4 0 0 1-8 0zM6 4.5H3c0 3 1 4.5 3 4.5m8-4.5h3c0 3-1 4.5-3 4.5m-4 3.5v3m-3 2h6'/>",
    };

    private static readonly Dictionary<CommunicationKind, string> KindIcons = new()
    {
        [CommunicationKind.MandatoryAction] = "exclamation",
        [CommunicationKind.RecommendedAction] = "star",
        [CommunicationKind.TransactionalNotification] = "info",
        [CommunicationKind.PromotionalNotification] = "megaphone",
        [CommunicationKind.AccountMail] = "mail",
    };

    public static IReadOnlyCollection<string> Names => Drawings.Keys;

    public static bool Exists(string name) => Drawings.ContainsKey(name);

    /// <exception cref="KeyNotFoundException">There is no such icon.</exception>
    public static string Drawing(string name) => Drawings[name];

    public static string OfKind(CommunicationKind kind) => KindIcons[kind];
}

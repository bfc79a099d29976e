//! Job titles, as people of each language write them.

use super::markets::Language;

/// Titles of a language; where people also use English ones, some are among them.
#[rustfmt::skip]
pub fn titles(language: Language) -> &'static [&'static str] {
    match language {
        Language::English | Language::Indian | Language::Chinese => &[
            "CEO", "Chief Technology Officer", "CFO", "Founder & CEO", "Co-Founder", "VP Sales", "VP of Marketing", "Vice President, Operations",
            "Head of Growth", "Head of IT", "Director of Engineering", "Director, Information Security", "IT Director", "Sales Manager", "Marketing Manager",
            "IT Manager", "Operations Manager", "Product Manager", "Senior Software Engineer", "Data Analyst", "Sr. Systems Administrator", "DevOps Engineer",
            "Procurement Specialist", "Account Executive", "SDR", "HR Business Partner", "RevOps Manager", "Marketing Ops", "Customer Success Lead",
            "General Counsel", "Finance Controller", "Office Manager", "Owner", "Managing Director", "Intern, Marketing", "Solutions Architect",
        ],
        Language::German => &[
            "Geschäftsführer", "Geschäftsführerin", "Vertriebsleiter", "Leiter IT", "IT-Leiterin", "Leiterin Marketing", "Prokurist", "Einkaufsleiter",
            "Bereichsleiter Logistik", "Produktmanagerin", "Softwareentwickler", "Systemadministrator", "Personalreferentin", "Vorstand", "Inhaber",
            "Head of Sales DACH", "CTO", "Controller", "Werkstudent", "Projektleiter", "Assistentin der Geschäftsleitung",
        ],
        Language::French => &[
            "Directeur général", "PDG", "Directrice commerciale", "Responsable marketing", "DSI", "Directeur des systèmes d'information", "Chef de projet",
            "Responsable des achats", "Ingénieur logiciel", "DRH", "Gérant", "Directrice financière", "Chargée de communication", "Stagiaire", "Head of Growth",
        ],
        Language::Spanish => &[
            "Director General", "Directora Comercial", "Gerente de Ventas", "Jefe de Sistemas", "Responsable de Marketing", "Ingeniera de Software",
            "Director de TI", "Socio fundador", "Gerente de Operaciones", "Directora Financiera", "Analista de datos", "CEO",
        ],
        Language::Portuguese => &[
            "Diretor Comercial", "Gerente de TI", "Coordenadora de Marketing", "Sócio-fundador", "Analista de Sistemas", "Diretora Financeira",
            "Gerente de Vendas", "CEO",
        ],
        Language::Italian => &[
            "Amministratore Delegato", "Direttore Commerciale", "Responsabile IT", "Responsabile Marketing", "Titolare", "Responsabile acquisti",
            "Sviluppatore software", "Direttrice Risorse Umane",
        ],
        Language::Dutch => &[
            "Directeur", "Algemeen directeur", "Hoofd IT", "Salesmanager", "Marketingmanager", "Inkoper", "Software engineer", "Eigenaar", "Manager Operations",
        ],
        Language::Nordic => &[
            "VD", "Försäljningschef", "IT-chef", "Marknadschef", "Inköpare", "Utvecklare", "Ekonomichef", "Head of Digital",
        ],
        Language::Polish => &[
            "Prezes Zarządu", "Dyrektor IT", "Kierownik sprzedaży", "Specjalista ds. marketingu", "Programista", "Właściciel",
        ],
        Language::Japanese => &["代表取締役", "営業部長", "Manager, IT Planning", "General Manager", "System Engineer", "課長"],
    }
}

/// Titles of people who decide over large purchases, in English; given to large companies.
pub const LARGE_BUYERS: [&str; 8] = [
    "Chief Information Officer",
    "SVP Global Sales",
    "VP Revenue Operations",
    "Director, Sales Operations",
    "Group Head of IT",
    "Chief Revenue Officer",
    "Director of Procurement",
    "VP, Digital Transformation",
];

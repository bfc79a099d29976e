//! What people write into the message field: the wanted, and the rest.

use super::markets::Language;

/// Messages of people who may buy.
#[rustfmt::skip]
pub fn inquiries(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[
            "Wir suchen eine Lösung für die automatische Verteilung unserer Anfragen, ca. 40 Nutzer. Bitte um Rückruf.",
            "Guten Tag, könnten Sie uns bitte ein Angebot für 25 Lizenzen schicken? MfG",
            "Gibt es eine Integration mit Salesforce? Wir würden gerne im nächsten Quartal starten.", "Bitte Demo", "Preisliste?",
        ],
        Language::French => &[
            "Bonjour, nous souhaiterions une démonstration pour notre équipe commerciale (30 personnes). Merci d'avance.",
            "Pouvez-vous me rappeler au sujet de vos tarifs ? Notre contrat actuel se termine en juin.", "Demande de devis", "Connexion HubSpot possible ?",
        ],
        Language::Spanish => &[
            "Buenas tardes, nos gustaría ver una demo para el equipo de ventas en España y México.", "¿Tienen precios por volumen? Somos unos 60 comerciales.",
            "Necesito información para presentar a dirección antes de fin de mes", "Precio?",
        ],
        Language::Portuguese => &["Olá, gostaria de agendar uma demonstração para nossa equipe de vendas.", "Vocês integram com HubSpot? Quanto custa?"],
        Language::Italian => &["Buongiorno, vorremmo ricevere un preventivo per 15 utenti.", "Siamo interessati a una demo, grazie"],
        Language::Dutch => &["Graag een demo voor ons salesteam van 12 mensen.", "Wat zijn de kosten per gebruiker?"],
        Language::Nordic => &["Hej! Vi vill gärna boka en demo nästa vecka.", "Vad kostar det för 20 användare?"],
        Language::Polish => &["Proszę o kontakt w sprawie oferty dla 30 użytkowników.", "Czy jest integracja z HubSpot?"],
        Language::Japanese => &["資料請求をお願いします。", "We would like to see a demo in Japanese if possible."],
        Language::English | Language::Indian | Language::Chinese => &[
            "We're evaluating routing tools for a team of about 60 reps and would like to see a demo next week.",
            "Hi, currently assigning inbound by hand in a spreadsheet. Looking to fix this before Q3. Can you call me?",
            "Need pricing for 25 seats, annual.", "pricing pls", "Interested", "Does this work with HubSpot AND Salesforce at the same time? We have both since the merger.",
            "Our current contract ends in October, we are looking at three vendors.\nDecision by end of month.\n\nThanks,",
            "demo", "Saw you at SaaStr, would love to continue the conversation", "Do you have SOC 2? Security needs the report before we can talk.",
            "Looking for something that handles round robin with PTO. Budget approved.", "Can we self-host?", "call me",
        ],
    }
}

/// Offers of people who want to sell to us, and worse.
pub const SPAM: [&str; 10] = [
    "Hi, I noticed your website is not ranking on page 1 of Google. We offer SEO packages and 500 quality backlinks for $99!!!",
    "Earn $5000 per day with crypto trading, guaranteed!!! Click http://bit.example/x1",
    "Dear Sir/Madam, we are leading manufacturer of LED lights in Shenzhen, best price",
    "Buy backlinks DA 70+ cheap >>> https://links.example/buy",
    "BEST ONLINE CASINO bonus 300% free spins",
    "Guest post on your site? We pay $50 for a do-follow link.",
    "We can send you a verified list of 10,000 email contacts in your industry. Shall I share pricing?",
    "💰💰 bitcoin investment opportunity, 10x in 30 days 💰💰",
    "Need a business loan? Approved in 24 hours, no credit check",
    "Продвижение сайтов, SEO, недорого http://seo.example",
];

/// Messages of students, who are welcome to the documentation but not to a rep.
pub const STUDENTS: [&str; 6] = [
    "Hello, I am writing my master thesis about lead management and would need your insights (10 min survey)",
    "I'm a student at university and need a free license for my class project",
    "Ich schreibe meine Bachelorarbeit über CRM-Systeme und hätte ein paar Fragen.",
    "Étudiante en master, je prépare un mémoire sur le sujet et aimerais un accès gratuit",
    "for my thesis",
    "PhD candidate, looking for a dataset of lead assignments for academic research",
];

/// Messages of people looking for work.
pub const APPLICANTS: [&str; 4] = [
    "Please find attached my resume for the open sales position.",
    "Initiativbewerbung als Vertriebsmitarbeiter, Lebenslauf auf Anfrage",
    "Are you hiring? I'd love to apply for a job on your engineering team. CV: https://cv.example/me",
    "Busco empleo en ventas, adjunto mi currículum",
];

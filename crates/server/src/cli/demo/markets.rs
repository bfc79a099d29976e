//! The countries that leads come from: how things are called and written there.

/// A country as the leads of one vendor know it.
#[derive(Debug)]
pub struct Market {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// How many of 1,000 companies are here.
    pub share: u64,
    /// How forms and lists spell it, the proper way first.
    pub spellings: &'static [&'static str],
    /// The language of names, titles and messages.
    pub language: Language,
    /// The IANA time zone of most of its offices.
    pub zone: &'static str,
    /// Town, state (empty where nobody gives one) and the beginning of its postal codes.
    pub towns: &'static [(&'static str, &'static str, &'static str)],
    /// National numbers without the trunk prefix; `#` is any digit. Numbers kept for fiction where
    /// the country's regulator keeps some (US, CA, GB, DE, FR, AU, IE, SE).
    pub phone: &'static str,
    /// Calling code, and the trunk prefix that is dialled inside the country.
    pub dialling: (&'static str, &'static str),
    /// Endings of company names.
    pub legal_forms: &'static [&'static str],
    /// Endings of domains.
    pub domains: &'static [&'static str],
}

/// A language that people write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Swedish and its neighbours.
    Nordic,
    /// Polish.
    Polish,
    /// English with names of India.
    Indian,
    /// Japanese.
    Japanese,
    /// English with names of Singapore.
    Chinese,
}

/// Every market; the shares add up to 1,000.
#[rustfmt::skip]
pub const MARKETS: [Market; 19] = [
    Market { code: "US", share: 300, language: Language::English, zone: "America/New_York",
        spellings: &["United States", "USA", "US", "U.S.", "U.S.A.", "United States of America", "usa", "America"],
        towns: &[("San Francisco", "CA", "941"), ("Austin", "Texas", "787"), ("New York", "NY", "100"), ("Chicago", "Illinois", "606"),
            ("Boston", "MA", "021"), ("Seattle", "WA", "981"), ("Denver", "Colorado", "802"), ("Los Angeles", "california", "900"),
            ("Atlanta", "GA", "303"), ("Portland", "Oregon", "972"), ("Columbus", "OH", "432"), ("Miami", "FL", "331")],
        phone: "21255501##", dialling: ("1", ""), legal_forms: &["Inc.", "Inc", "LLC", "Corp.", "Corporation", ""], domains: &["com", "com", "com", "io", "co", "ai"] },
    Market { code: "DE", share: 130, language: Language::German, zone: "Europe/Berlin",
        spellings: &["Germany", "Deutschland", "DE", "germany", "Bundesrepublik Deutschland", "D", "GER"],
        towns: &[("Berlin", "", "101"), ("München", "Bayern", "803"), ("Hamburg", "", "200"), ("Köln", "NRW", "506"),
            ("Stuttgart", "Baden-Württemberg", "701"), ("Frankfurt am Main", "Hessen", "603"), ("Leipzig", "Sachsen", "041")],
        phone: "3023125###", dialling: ("49", "0"), legal_forms: &["GmbH", "GmbH", "AG", "GmbH & Co. KG", "SE", "UG (haftungsbeschränkt)"], domains: &["de", "de", "com", "io"] },
    Market { code: "GB", share: 110, language: Language::English, zone: "Europe/London",
        spellings: &["United Kingdom", "UK", "GB", "Great Britain", "England", "U.K.", "Scotland"],
        towns: &[("London", "", "EC1A"), ("Manchester", "", "M1"), ("Leeds", "West Yorkshire", "LS1"), ("Edinburgh", "Scotland", "EH1"), ("Bristol", "", "BS1")],
        phone: "2079460###", dialling: ("44", "0"), legal_forms: &["Ltd", "Ltd.", "Limited", "PLC", "LLP"], domains: &["co.uk", "co.uk", "com", "uk"] },
    Market { code: "FR", share: 70, language: Language::French, zone: "Europe/Paris",
        spellings: &["France", "FR", "france", "FRANCE", "République française"],
        towns: &[("Paris", "Île-de-France", "750"), ("Lyon", "", "690"), ("Toulouse", "", "310"), ("Nantes", "Pays de la Loire", "440"), ("Lille", "", "590")],
        phone: "19900####", dialling: ("33", "0"), legal_forms: &["SAS", "SARL", "S.A.", "SA", ""], domains: &["fr", "fr", "com", "eu"] },
    Market { code: "ES", share: 40, language: Language::Spanish, zone: "Europe/Madrid",
        spellings: &["Spain", "España", "ES", "Espana", "spain"],
        towns: &[("Madrid", "", "280"), ("Barcelona", "Cataluña", "080"), ("Valencia", "", "460"), ("Sevilla", "Andalucía", "410")],
        phone: "91#######", dialling: ("34", ""), legal_forms: &["S.L.", "SL", "S.A.", "S.L.U."], domains: &["es", "com"] },
    Market { code: "NL", share: 40, language: Language::Dutch, zone: "Europe/Amsterdam",
        spellings: &["Netherlands", "The Netherlands", "NL", "Nederland", "Holland"],
        towns: &[("Amsterdam", "Noord-Holland", "101"), ("Rotterdam", "", "301"), ("Utrecht", "", "351"), ("Eindhoven", "", "561")],
        phone: "20#######", dialling: ("31", "0"), legal_forms: &["B.V.", "BV", "N.V."], domains: &["nl", "nl", "com"] },
    Market { code: "CA", share: 50, language: Language::English, zone: "America/Toronto",
        spellings: &["Canada", "CA", "CAN", "canada"],
        towns: &[("Toronto", "ON", "M5V"), ("Vancouver", "BC", "V6B"), ("Montréal", "Québec", "H2Y"), ("Calgary", "Alberta", "T2P")],
        phone: "41655501##", dialling: ("1", ""), legal_forms: &["Inc.", "Ltd.", "Corp."], domains: &["ca", "com"] },
    Market { code: "AU", share: 40, language: Language::English, zone: "Australia/Sydney",
        spellings: &["Australia", "AU", "AUS", "australia"],
        towns: &[("Sydney", "NSW", "200"), ("Melbourne", "Victoria", "300"), ("Brisbane", "QLD", "400")],
        phone: "25550####", dialling: ("61", "0"), legal_forms: &["Pty Ltd", "Pty. Ltd.", "Ltd"], domains: &["com.au", "com.au", "com"] },
    Market { code: "SG", share: 30, language: Language::Chinese, zone: "Asia/Singapore",
        spellings: &["Singapore", "SG", "SINGAPORE"], towns: &[("Singapore", "", "01"), ("Singapore", "", "06")],
        phone: "6#######", dialling: ("65", ""), legal_forms: &["Pte Ltd", "Pte. Ltd.", "PTE LTD"], domains: &["com.sg", "sg", "com"] },
    Market { code: "IN", share: 45, language: Language::Indian, zone: "Asia/Kolkata",
        spellings: &["India", "IN", "INDIA", "Bharat"],
        towns: &[("Bengaluru", "Karnataka", "560"), ("Mumbai", "Maharashtra", "400"), ("Hyderabad", "Telangana", "500"), ("Pune", "MH", "411")],
        phone: "98########", dialling: ("91", "0"), legal_forms: &["Pvt Ltd", "Private Limited", "Pvt. Ltd."], domains: &["in", "co.in", "com"] },
    Market { code: "JP", share: 25, language: Language::Japanese, zone: "Asia/Tokyo",
        spellings: &["Japan", "JP", "日本", "JAPAN"],
        towns: &[("Tokyo", "Tokyo", "100"), ("Osaka", "Osaka", "530"), ("横浜市", "神奈川県", "220")],
        phone: "3########", dialling: ("81", "0"), legal_forms: &["K.K.", "株式会社", "Co., Ltd."], domains: &["co.jp", "jp", "com"] },
    Market { code: "BR", share: 30, language: Language::Portuguese, zone: "America/Sao_Paulo",
        spellings: &["Brazil", "Brasil", "BR", "brasil"],
        towns: &[("São Paulo", "SP", "01"), ("Rio de Janeiro", "RJ", "20"), ("Belo Horizonte", "Minas Gerais", "30")],
        phone: "119########", dialling: ("55", "0"), legal_forms: &["Ltda", "Ltda.", "S.A."], domains: &["com.br", "com.br", "com"] },
    Market { code: "MX", share: 20, language: Language::Spanish, zone: "America/Mexico_City",
        spellings: &["Mexico", "México", "MX", "MEX"],
        towns: &[("Ciudad de México", "CDMX", "06"), ("Monterrey", "Nuevo León", "64"), ("Guadalajara", "Jalisco", "44")],
        phone: "55########", dialling: ("52", ""), legal_forms: &["S.A. de C.V.", "SA de CV", "S. de R.L."], domains: &["com.mx", "mx", "com"] },
    Market { code: "IT", share: 25, language: Language::Italian, zone: "Europe/Rome",
        spellings: &["Italy", "Italia", "IT", "ITALY"],
        towns: &[("Milano", "Lombardia", "201"), ("Roma", "Lazio", "001"), ("Torino", "", "101")],
        phone: "02########", dialling: ("39", ""), legal_forms: &["S.r.l.", "Srl", "S.p.A.", "SpA"], domains: &["it", "com"] },
    Market { code: "SE", share: 15, language: Language::Nordic, zone: "Europe/Stockholm",
        spellings: &["Sweden", "Sverige", "SE", "sweden"],
        towns: &[("Stockholm", "", "111"), ("Göteborg", "", "411"), ("Malmö", "Skåne", "211")],
        phone: "8465004##", dialling: ("46", "0"), legal_forms: &["AB", "AB (publ)"], domains: &["se", "com"] },
    Market { code: "PL", share: 10, language: Language::Polish, zone: "Europe/Warsaw",
        spellings: &["Poland", "Polska", "PL"], towns: &[("Warszawa", "", "00"), ("Kraków", "", "30"), ("Wrocław", "", "50")],
        phone: "22#######", dialling: ("48", ""), legal_forms: &["Sp. z o.o.", "sp. z o.o.", "S.A."], domains: &["pl", "com.pl"] },
    Market { code: "CH", share: 10, language: Language::German, zone: "Europe/Zurich",
        spellings: &["Switzerland", "Schweiz", "CH", "Suisse"], towns: &[("Zürich", "ZH", "80"), ("Genève", "GE", "12"), ("Basel", "", "40")],
        phone: "44#######", dialling: ("41", "0"), legal_forms: &["AG", "GmbH", "SA"], domains: &["ch", "com"] },
    Market { code: "AT", share: 5, language: Language::German, zone: "Europe/Vienna",
        spellings: &["Austria", "Österreich", "AT", "Oesterreich"], towns: &[("Wien", "", "10"), ("Graz", "Steiermark", "80")],
        phone: "1#######", dialling: ("43", "0"), legal_forms: &["GmbH", "AG"], domains: &["at", "com"] },
    Market { code: "IE", share: 5, language: Language::English, zone: "Europe/Dublin",
        spellings: &["Ireland", "IE", "Éire", "Republic of Ireland"], towns: &[("Dublin", "", "D02"), ("Cork", "", "T12")],
        phone: "1######", dialling: ("353", "0"), legal_forms: &["Ltd", "DAC"], domains: &["ie", "com"] },
];

#[cfg(test)]
mod tests {
    use lr_core::time::Zone;

    use super::*;

    #[test]
    fn the_shares_of_the_markets_add_up() {
        assert_eq!(MARKETS.iter().map(|market| market.share).sum::<u64>(), 1_000);
    }

    #[test]
    fn every_market_has_a_zone_and_something_of_everything() {
        for market in &MARKETS {
            assert!(Zone::parse(market.zone).is_ok(), "{}", market.code);
            let empty = market.towns.is_empty() || market.spellings.is_empty();
            assert!(!empty && !market.legal_forms.is_empty() && !market.domains.is_empty());
        }
    }
}

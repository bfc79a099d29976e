//! What people are called, by the language they speak.

use super::markets::Language;

/// Given names and family names of a language.
#[rustfmt::skip]
pub fn names(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::English => (
            &["James", "Olivia", "Liam", "Emma", "Noah", "Charlotte", "William", "Amelia", "Ethan", "Sophie", "Jack", "Grace",
                "Daniel", "Chloe", "Ryan", "Megan", "Tyler", "Hannah", "DeShawn", "Aaliyah", "Siobhán", "Rhys", "Mary-Ann", "J.D."],
            &["Smith", "Johnson", "Williams", "Brown", "Taylor", "Davies", "Wilson", "Evans", "Thomas", "Walker", "O'Brien", "McCarthy",
                "Campbell", "Mitchell", "Anderson", "Carter", "Reed", "Murphy", "Washington", "Van Buren", "Smith-Jones", "Fitzgerald"],
        ),
        Language::German => (
            &["Lukas", "Anna", "Jürgen", "Katharina", "Stefan", "Sabine", "Maximilian", "Lena", "Björn", "Heike", "Karl-Heinz", "Zoë", "Matthias", "Ulrike", "Çağla", "Emre"],
            &["Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Großmann", "Wagner", "Becker", "Schäfer", "Köhler", "von der Heide", "Hoffmann", "Yılmaz", "Böhm", "Strauß", "Lehmann"],
        ),
        Language::French => (
            &["Camille", "Lucas", "Chloé", "Jean-Baptiste", "Hélène", "Mathieu", "Inès", "François", "Amélie", "Théo", "Océane", "Loïc"],
            &["Martin", "Bernard", "Dubois", "Lefèvre", "Moreau", "Girard", "Le Goff", "Benoît", "Rousseau", "N'Diaye", "Chevalier", "de La Tour"],
        ),
        Language::Spanish => (
            &["María José", "Alejandro", "Lucía", "Javier", "Carmen", "Iñaki", "Sofía", "Andrés", "Beatriz", "Raúl", "Paula", "José Luis"],
            &["García López", "Martínez", "Fernández", "Núñez", "Rodríguez Pérez", "Sánchez", "Ibáñez", "Muñoz", "Torres", "Delgado", "Peña", "Castro"],
        ),
        Language::Portuguese => (
            &["João", "Ana Clara", "Gabriel", "Beatriz", "Rafael", "Letícia", "Thiago", "Fernanda", "Antônio", "Luísa"],
            &["Silva", "dos Santos", "Oliveira", "Souza", "Gonçalves", "Araújo", "Pereira", "Conceição", "Ribeiro", "Magalhães"],
        ),
        Language::Italian => (
            &["Giulia", "Marco", "Francesca", "Alessandro", "Chiara", "Niccolò", "Martina", "Giovanni", "Elisa", "Matteo"],
            &["Rossi", "Russo", "Ferrari", "Bianchi", "D'Angelo", "De Luca", "Colombo", "Ricci", "Conti", "Galli"],
        ),
        Language::Dutch => (
            &["Daan", "Sanne", "Bram", "Femke", "Jeroen", "Lotte", "Thijs", "Anouk", "Pieter-Jan", "Maaike"],
            &["de Vries", "van den Berg", "Jansen", "Bakker", "van Dijk", "Visser", "Smit", "Mulder", "'t Hart", "Hoekstra"],
        ),
        Language::Nordic => (
            &["Erik", "Freja", "Lars", "Ingrid", "Søren", "Åsa", "Mikael", "Linnéa", "Jörgen", "Sigrid"],
            &["Andersson", "Nilsson", "Lindström", "Sørensen", "Bergqvist", "Åkesson", "Hansen", "Öberg", "Ek", "Holm"],
        ),
        Language::Polish => (
            &["Małgorzata", "Piotr", "Agnieszka", "Łukasz", "Katarzyna", "Paweł", "Zofia", "Grzegorz"],
            &["Kowalski", "Nowak", "Wiśniewska", "Wójcik", "Kamińska", "Zieliński", "Dąbrowska", "Szymański"],
        ),
        Language::Indian => (
            &["Aarav", "Priya", "Rohan", "Ananya", "Vikram", "Deepika", "Sanjay", "Kavya", "Harpreet", "Lakshmi"],
            &["Sharma", "Patel", "Iyer", "Reddy", "Singh", "Chatterjee", "Nair", "Gupta", "Krishnamurthy", "Khan"],
        ),
        Language::Japanese => (
            &["Haruto", "Yui", "Kenji", "Sakura", "Takeshi", "Aiko", "太郎", "花子"],
            &["Sato", "Suzuki", "Tanaka", "Watanabe", "Yamamoto", "Kobayashi", "山田", "佐藤"],
        ),
        Language::Chinese => (
            &["Wei Ling", "Jun Jie", "Hui Min", "Kelvin", "Rachel", "Zhi Hao", "Nurul", "Darren", "Xin Yi"],
            &["Tan", "Lim", "Ng", "Wong", "Lee", "Goh", "Binte Rahman", "Chua", "Koh"],
        ),
    }
}

/// The spelling of a name that an e-mail address can hold: `Jürgen` is `juergen`, `O'Brien` is
/// `obrien`; names in other scripts give nothing.
pub fn in_address(name: &str, language: Language) -> String {
    let mut plain = String::new();
    for letter in name.to_lowercase().chars() {
        let german = language == Language::German;
        let spelled = match letter {
            'ä' | 'æ' if german => "ae",
            'ö' if german => "oe",
            'ü' if german => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' => "c",
            'è' | 'é' | 'ê' | 'ë' | 'ę' => "e",
            'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ś' | 'ş' => "s",
            'ž' | 'ź' | 'ż' => "z",
            'ğ' => "g",
            letter if letter.is_ascii_alphanumeric() => {
                plain.push(letter);
                continue;
            }
            ' ' | '-' if !plain.is_empty() => {
                plain.push('-');
                continue;
            }
            _ => continue,
        };
        plain.push_str(spelled);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_an_address_can_hold() {
        assert_eq!(in_address("Jürgen", Language::German), "juergen");
        assert_eq!(in_address("O'Brien", Language::English), "obrien");
        assert_eq!(in_address("María José", Language::Spanish), "maria-jose");
        assert_eq!(in_address("太郎", Language::Japanese), "");
    }
}

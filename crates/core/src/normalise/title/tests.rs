use proptest::prelude::*;

use super::*;

fn tell(raw: &str) -> (Seniority, Function) {
    let title = Title::parse(raw).unwrap();
    (title.seniority(), title.function())
}

#[test]
fn seniority_and_function_are_told_by_the_words() {
    use Function as F;
    use Seniority as S;
    let cases = [
        ("CEO", S::CLevel, F::Executive),
        ("Founder & CEO", S::Owner, F::Executive),
        ("Co-Founder / CTO", S::Owner, F::Engineering),
        ("Chief Marketing Officer", S::CLevel, F::Marketing),
        ("C.F.O.", S::CLevel, F::Finance),
        ("President", S::CLevel, F::Executive),
        ("Vice President of Sales", S::Vp, F::Sales),
        ("VP, Product Marketing", S::Vp, F::Marketing),
        ("Head of RevOps", S::Director, F::Operations),
        ("Director, IT", S::Director, F::It),
        ("Senior Sales Manager EMEA", S::Manager, F::Sales),
        ("Account Executive", S::Individual, F::Sales),
        ("Product Owner", S::Individual, F::Product),
        ("HR Business Partner", S::Individual, F::Hr),
        ("Sr. Software Engineer", S::Senior, F::Engineering),
        ("Team Lead Customer Success", S::Manager, F::Support),
        ("Marketing Intern", S::Intern, F::Marketing),
        ("Intern Program Manager", S::Manager, F::Operations),
        ("Executive Assistant to the CEO", S::Individual, F::Executive),
        ("Accountant", S::Individual, F::Finance),
        ("Data Protection Officer", S::Individual, F::Legal),
        ("Partner", S::Owner, F::Executive),
        ("Partner Manager", S::Manager, F::Other),
        ("Wizard", S::Individual, F::Other),
        ("Geschäftsführerin", S::CLevel, F::Executive),
        ("Vertriebsleiter:in", S::Director, F::Sales),
        ("Teamleiter Einkauf", S::Manager, F::Operations),
        ("Werkstudentin Marketing", S::Intern, F::Marketing),
        ("Softwareentwickler", S::Individual, F::Engineering),
        ("Personalreferentin", S::Individual, F::Hr),
        ("Directeur commercial", S::Director, F::Sales),
        ("Responsable des ressources humaines", S::Manager, F::Hr),
        ("Directrice générale", S::CLevel, F::Executive),
        ("Jefa de Ventas", S::Manager, F::Sales),
        ("Gerente de Operações", S::Manager, F::Operations),
        ("Diretor Financeiro", S::Director, F::Finance),
    ];
    for (raw, seniority, function) in cases {
        assert_eq!(tell(raw), (seniority, function), "{raw}");
    }
}

#[test]
fn the_text_is_tidied() {
    let cases = [
        ("  VP\u{a0}Sales ", "VP Sales"),
        ("SENIOR VP OF SALES", "Senior VP of Sales"),
        ("head of it", "Head of IT"),
        ("ceo/founder", "CEO/Founder"),
        ("iOS developer", "iOS developer"),
    ];
    for (raw, text) in cases {
        assert_eq!(Title::parse(raw).unwrap().text(), text, "{raw}");
    }
    assert_eq!(Title::parse("n/a"), Err(TitleError::Placeholder));
    assert_eq!(Title::parse("https://spam.example"), Err(TitleError::Address));
}

#[test]
fn seniorities_are_in_order() {
    assert!(Seniority::ALL.is_sorted());
}

#[test]
fn every_row_of_the_word_list_names_something_known() {
    for row in text::rows(include_str!("../../../data/title_words.txt")) {
        let name = row.split('|').next().unwrap();
        let seniority = Seniority::ALL.iter().any(|s| s.as_str() == name);
        assert!(
            name == "stop" || seniority || Function::ALL.iter().any(|f| f.as_str() == name),
            "{name}"
        );
        for word in row.split('|').skip(1) {
            let bare = word.trim_matches('*');
            assert_eq!(text::words(bare).join(" "), bare, "words are compared folded");
            assert!(bare.split(' ').count() <= 3, "{word}");
        }
    }
}

proptest! {
    #[test]
    fn a_clean_title_reads_back_as_itself(raw in any::<String>(), plain in "[A-Za-zÄß&/.,' -]{0,30}") {
        for raw in [raw, plain.to_uppercase(), plain.to_lowercase(), plain] {
            if let Ok(title) = Title::parse(&raw) {
                prop_assert_eq!(Title::parse(title.text()), Ok(title));
            }
        }
    }
}

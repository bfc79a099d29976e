//! The headings that people and other programs use.
//!
//! English, German, French and Spanish, and the exports of HubSpot (its default contact properties),
//! Salesforce (lead reports and Data Loader), Pipedrive, LinkedIn lead forms and Apollo.

use super::Field;

/// The field that each heading names; case, accents and punctuation do not matter.
///
/// Beside `Vorname` or `Prénom`, a plain `Name` or `Nom` is the family name.
pub fn fields(headings: &[String]) -> Vec<Option<Field>> {
    let keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
    let surname_is_name = keys.iter().any(|key| matches!(key.as_str(), "vorname" | "prenom"));
    keys.iter()
        .map(|key| match key.as_str() {
            "name" | "nom" if surname_is_name => Some(Field::LastName),
            key => field(key),
        })
        .collect()
}

fn field(key: &str) -> Option<Field> {
    SYNONYMS
        .iter()
        .find(|(_, names)| names.split_whitespace().any(|name| name == key))
        .map(|(field, _)| *field)
}

/// Letters and digits only, lower case, accents removed, without the object's name in front.
fn key(heading: &str) -> String {
    let key: String = deunicode::deunicode(heading)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    ["lead", "contact", "person"]
        .into_iter()
        .filter_map(|object| key.strip_prefix(object))
        .find(|rest| {
            matches!(*rest, "name" | "email" | "phone" | "title" | "country" | "city" | "state")
        })
        .map_or(key.clone(), str::to_owned)
}

/// Each field's names, as [`key`] makes them.
const SYNONYMS: [(Field, &str); 15] = [
    (
        Field::FirstName,
        "firstname first fname givenname forename vorname rufname prenom nombre nombres primernombre",
    ),
    (
        Field::LastName,
        "lastname last lname surname familyname secondname nachname familienname zuname \
         nomdefamille nomfamille apellido apellidos",
    ),
    (
        Field::Name,
        "name fullname completename displayname yourname contactperson ansprechpartner vollername \
         vollstandigername nameansprechpartner kontakt nom nomcomplet nometprenom prenomnom \
         nombrecompleto nombreyapellidos nombreyapellido",
    ),
    (
        Field::Email,
        "email emailaddress emailaddr mail mailaddress emailwork workemail businessemail \
         corporateemail companyemail primaryemail emailprimary emailadresse mailadresse \
         geschaftlicheemail emailgeschaftlich adresseemail adressemail adressedemessagerie courriel \
         emailprofessionnel correo correoelectronico direcciondecorreo direcciondecorreoelectronico \
         emailcorporativo emailprofesional",
    ),
    (
        Field::Phone,
        "phone phonenumber telephone telephonenumber tel telno phoneno workphone businessphone \
         officephone phonework directphone workdirectphone mobile mobilephone mobilephonenumber \
         cell cellphone telefon telefonnummer telefonnr telnr rufnummer handy handynummer mobil \
         mobilnummer telefongeschaftlich numerodetelephone numtelephone telephoneportable portable \
         telephoneprofessionnel telefono numerodetelefono telefonomovil movil celular",
    ),
    (
        Field::Company,
        "company companyname companyaccount account accountname organization organisation \
         organizationname organisationname org employer business businessname associatedcompany \
         currentcompany firma firmenname unternehmen unternehmensname arbeitgeber gesellschaft \
         entreprise societe nomdelentreprise nomentreprise nomdelasociete raisonsociale empresa \
         nombredelaempresa nombreempresa compania razonsocial organizacion",
    ),
    (
        Field::Website,
        "website websiteurl web webaddress homepage url companyurl companywebsite domain \
         companydomain companydomainname websitedomain emaildomain webseite internetseite \
         internetadresse unternehmenswebsite siteweb siteinternet siteurl sitewebdelentreprise \
         sitioweb paginaweb dominio",
    ),
    (
        Field::Title,
        "title jobtitle job position jobposition role jobrole designation occupation currenttitle \
         currentposition berufsbezeichnung stellenbezeichnung jobbezeichnung funktion rolle beruf \
         fonction poste intituleduposte intitulduposte titreduposte metier cargo puesto \
         puestodetrabajo tituloprofesional",
    ),
    (
        Field::Country,
        "country countryregion countryname countrycode countryterritory mailingcountry \
         billingcountry companycountry land staat pays paysregion pais paisregion",
    ),
    (
        Field::State,
        "state stateregion stateprovince stateprovinceregion province region county statename \
         statecode mailingstate mailingstateprovince billingstate billingstateprovince companystate \
         bundesland kanton departement provincia estado comunidadautonoma estadoprovincia",
    ),
    (
        Field::City,
        "city town cityname mailingcity billingcity companycity locality stadt ort wohnort ville \
         commune localite ciudad localidad municipio poblacion",
    ),
    (
        Field::PostalCode,
        "postalcode postcode zip zipcode zippostalcode postalzipcode ziporpostalcode \
         mailingpostalcode mailingzippostalcode billingpostalcode billingzippostalcode plz \
         postleitzahl codepostal cp codigopostal",
    ),
    (
        Field::Employees,
        "employees noofemployees numberofemployees numemployees employeecount numberemployees \
         companysize headcount size companyheadcount employeerange mitarbeiter mitarbeiterzahl \
         anzahlmitarbeiter mitarbeiteranzahl anzahldermitarbeiter unternehmensgrosse firmengrosse \
         effectif effectifs nombredemployes nombreemployes nbemployes nombredesalaries salaries \
         tailledelentreprise empleados numerodeempleados numempleados tamanodelaempresa",
    ),
    (
        Field::Industry,
        "industry sector industrysector vertical companyindustry branche industrie wirtschaftszweig \
         secteur secteurdactivite industria sectoractividad sectordeactividad",
    ),
    (
        Field::Message,
        "message comment comments note notes description inquiry enquiry question yourmessage \
         howcanwehelp howcanwehelpyou additionalinformation nachricht kommentar kommentare anfrage \
         bemerkung bemerkungen notiz notizen mitteilung commentaire commentaires remarque remarques \
         demande mensaje comentario comentarios consulta observaciones",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn headings_of_exports_and_of_four_languages_are_known() {
        let known = [
            ("Email Address", Field::Email),
            ("E-Mail-Adresse", Field::Email),
            ("Correo electrónico", Field::Email),
            ("Adresse e-mail", Field::Email),
            ("Company / Account", Field::Company),
            ("Company Name", Field::Company),
            ("Entreprise", Field::Company),
            ("Société", Field::Company),
            ("Firma", Field::Company),
            ("No. of Employees", Field::Employees),
            ("# Employees", Field::Employees),
            ("Number of Employees", Field::Employees),
            ("Unternehmensgröße", Field::Employees),
            ("Tamaño de la empresa", Field::Employees),
            ("Nombre d'employés", Field::Employees),
            ("State/Region", Field::State),
            ("State/Province", Field::State),
            ("Country/Region", Field::Country),
            ("Zip/Postal Code", Field::PostalCode),
            ("PLZ", Field::PostalCode),
            ("Prénom", Field::FirstName),
            ("first_name", Field::FirstName),
            ("Apellidos", Field::LastName),
            ("Website URL", Field::Website),
            ("Intitulé du poste", Field::Title),
            ("Teléfono", Field::Phone),
            ("Secteur d’activité", Field::Industry),
            ("How can we help you?", Field::Message),
            ("Contact: Email", Field::Email),
            ("Lead Name", Field::Name),
        ];
        for (heading, expected) in known {
            assert_eq!(fields(&[heading.to_owned()]), [Some(expected)], "{heading}");
        }
    }

    #[test]
    fn headings_that_only_look_alike_are_left_alone() {
        for heading in ["Lead Source", "Email Opt Out", "Company Owner", "Person", "Lead", "Score"]
        {
            assert_eq!(fields(&[heading.to_owned()]), [None], "{heading}");
        }
    }

    #[test]
    fn a_name_beside_a_given_name_is_the_family_name() {
        let both = |first: &str, last: &str| fields(&[last.to_owned(), first.to_owned()]);
        assert_eq!(both("Vorname", "Name"), [Some(Field::LastName), Some(Field::FirstName)]);
        assert_eq!(both("Prénom", "Nom"), [Some(Field::LastName), Some(Field::FirstName)]);
        assert_eq!(both("E-Mail", "Name"), [Some(Field::Name), Some(Field::Email)]);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = BTreeSet::new();
        for name in SYNONYMS.iter().flat_map(|(_, names)| names.split_whitespace()) {
            assert!(seen.insert(name), "{name}");
            assert_eq!(key(name), name, "not in the form that headings are compared in");
        }
    }
}

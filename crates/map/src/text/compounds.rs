//! Where a long compound may best be parted: before a word of its own.

/// Second halves of the compounds of this field. A break before one of these reads better than between two syllables.
const HEADS: &[&str] = &[
    "aanvraag",
    "account",
    "adres",
    "afdeling",
    "afspraak",
    "afspraken",
    "aanbod",
    "antwoord",
    "app",
    "balie",
    "bedrijf",
    "behoefte",
    "behoeften",
    "beheer",
    "beheerder",
    "beleid",
    "bericht",
    "berichten",
    "bestelling",
    "bevestiging",
    "bezoek",
    "bezorging",
    "bibliotheek",
    "bon",
    "bord",
    "brief",
    "bureau",
    "campagne",
    "catalogus",
    "centrum",
    "chatbot",
    "code",
    "contact",
    "corporatie",
    "datum",
    "dienst",
    "diensten",
    "document",
    "enquête",
    "factuur",
    "formulier",
    "gegevens",
    "gesprek",
    "herinnering",
    "informatie",
    "kaart",
    "kantoor",
    "klant",
    "klanten",
    "klantreis",
    "kosten",
    "levering",
    "lijst",
    "lijn",
    "mail",
    "medewerker",
    "medewerkers",
    "melding",
    "meldingen",
    "moment",
    "momenten",
    "monteur",
    "nummer",
    "onderhoud",
    "oordeel",
    "opdracht",
    "organisatie",
    "overleg",
    "overzicht",
    "pagina",
    "pakket",
    "plan",
    "planning",
    "portaal",
    "post",
    "proces",
    "programma",
    "punt",
    "punten",
    "redactie",
    "reis",
    "reparatie",
    "reservering",
    "rondleiding",
    "service",
    "status",
    "systeem",
    "systemen",
    "team",
    "telefoon",
    "tijd",
    "tijden",
    "uitleen",
    "uur",
    "vergoeding",
    "verlenging",
    "verzoek",
    "voorkeur",
    "voorraad",
    "voorstel",
    "vraag",
    "vragen",
    "website",
    "werk",
    "wijziging",
    "winkel",
    "woning",
    "zaak",
    "zoeker",
    "zorg",
];

/// Byte positions before a known second half, at least three letters from either end.
pub(crate) fn seams(word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() {
        return Vec::new();
    }
    let mut seams: Vec<usize> = HEADS
        .iter()
        .flat_map(|head| lower.match_indices(head).map(|(at, _)| at))
        .filter(|at| *at >= 3 && lower.len() - at >= 3)
        .collect();
    seams.sort_unstable();
    seams.dedup();
    seams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_parts_before_its_second_half() {
        assert_eq!(seams("klantcontactcentrum"), vec![5, 12]);
        assert_eq!(seams("monteur"), Vec::<usize>::new());
    }
}

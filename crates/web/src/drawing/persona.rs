use journey::{Definition, Organisation};
use map::Persona;

/// The persona asked for, or else the first that the journey is for, with its goal as what it says. One that the
/// organisation does not describe goes by its id.
pub fn persona(definition: &Definition, organisation: &Organisation, asked: Option<&str>) -> Option<Persona> {
    let id = asked.or_else(|| definition.personas.first().map(String::as_str))?;
    let Some(found) = organisation.personas.iter().find(|persona| persona.id == id) else {
        return Some(Persona { name: id.to_owned(), ..Persona::default() });
    };
    Some(Persona { name: found.name.clone(), about: found.about.clone(), quote: found.goal.clone(), goal: None })
}

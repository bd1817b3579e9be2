use super::Scalar;

/// What a value may look like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One value.
    Scalar(Scalar),
    /// A mapping with known keys.
    Map(&'static Table),
    /// A list; at most so many items.
    List(&'static Shape, usize),
    /// One of them, or a list.
    OneOrList(&'static Shape, usize),
    /// A mapping whose keys are free names of a form; at most so many.
    Named(Scalar, &'static Shape, usize),
    /// The first that fits: a scalar, a list, or a mapping that has the marker of its table.
    Choose(&'static [Shape]),
}

/// A mapping with known keys.
#[derive(Debug)]
pub struct Table {
    /// Its name in the schema.
    pub name: &'static str,
    /// The key by which it is known among other mappings in one place.
    pub marker: &'static str,
    /// Its keys.
    pub keys: &'static [KeyOf],
}

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct KeyOf {
    /// As written.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Without it the text cannot be read.
    pub required: bool,
    /// What it is for, in English, for the schema.
    pub doc: &'static str,
}

impl KeyOf {
    /// A key that may be left out.
    pub(crate) const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, required: false, doc }
    }

    /// A key that must be there.
    pub(crate) const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, required: true, doc }
    }
}

impl Table {
    /// A key by its name.
    pub fn key(&self, name: &str) -> Option<&'static KeyOf> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Shape {
    /// Every mapping that may stand here.
    pub(crate) fn tables(&self) -> Vec<&'static Table> {
        match self {
            Self::Map(table) => vec![table],
            Self::OneOrList(shape, _) => shape.tables(),
            Self::Choose(shapes) => shapes.iter().flat_map(Self::tables).collect(),
            Self::Scalar(_) | Self::List(..) | Self::Named(..) => Vec::new(),
        }
    }

    /// The scalar that may stand here.
    pub(crate) fn scalar(&self) -> Option<Scalar> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::OneOrList(shape, _) => shape.scalar(),
            Self::Choose(shapes) => shapes.iter().find_map(Self::scalar),
            Self::Map(_) | Self::List(..) | Self::Named(..) => None,
        }
    }

    /// The items of a list that may stand here, and how many.
    pub(crate) fn items(&self) -> Option<(&'static Shape, usize)> {
        match self {
            Self::List(item, max) | Self::OneOrList(item, max) => Some((item, *max)),
            Self::Choose(shapes) => shapes.iter().find_map(Self::items),
            Self::Scalar(_) | Self::Map(_) | Self::Named(..) => None,
        }
    }
}

use uuid::Uuid;

use crate::App;

/// A new id, ordered by time: UUID version 7.
pub(crate) fn fresh(app: &App) -> Uuid {
    let millis = app.clock.now().as_millisecond();
    let random = app.random.bytes16();
    let mut ten = [0; 10];
    ten.copy_from_slice(&random[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis.unsigned_abs(), &ten).into_uuid()
}

//! Appointments are offered, held, booked, moved and cancelled; nothing is booked twice, whoever comes at the same time and wherever
//! somebody dies.

mod crashes;
mod crowd;
mod desk;
mod journey;

use desk::Desk;
use store::{PoolSize, Postgres, SqlStore, Sqlite};

async fn in_memory() -> Option<SqlStore> {
    Some(Sqlite::in_memory().await.unwrap())
}

async fn on_a_server() -> Option<SqlStore> {
    let url = postgres_for_tests::schema().await?;
    Some(Postgres::open(&url, PoolSize { writers: 4, readers: 4 }).await.unwrap())
}

macro_rules! suite {
    ([$($module:ident :: $story:ident),+ $(,)?]) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let Some(store) = crate::in_memory().await else { return };
                crate::$module::$story(crate::Desk::new(store).await).await;
            })+
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let Some(store) = crate::on_a_server().await else { return };
                crate::$module::$story(crate::Desk::new(store).await).await;
            })+
        }
    };
}

suite!([
    journey::a_window_is_held_booked_moved_and_cancelled,
    journey::what_was_seen_decides,
    journey::a_hold_runs_out_and_costs_nothing,
    journey::skills_areas_and_material_are_kept_also_when_the_day_is_improved,
    crowd::of_many_who_want_the_last_place_one_gets_it,
    crowd::one_thing_has_one_appointment_however_often_it_is_booked,
    crashes::wherever_somebody_dies_the_rest_is_settled,
]);

use store::{Alias, AliasKind, Change, Conflict, Object, Owner, Result, Store};
use words::CustomerId;

use crate::samples::{change, customer, other, rijnoever, run_id};

pub(crate) fn alias(kind: AliasKind, value: &str) -> Alias {
    Alias { kind, value: value.to_owned(), instead_of: None }
}

fn object(id: &str) -> Object {
    Object { kind: "repair".to_owned(), id: id.to_owned(), run: None, instead_of: None }
}

fn user(value: &str) -> (AliasKind, String) {
    (AliasKind::User, value.to_owned())
}

fn known(customer: CustomerId, name: &str) -> Change {
    Change { aliases: vec![alias(AliasKind::User, name)], ..change(customer, 0) }
}

pub(crate) async fn names_and_objects_lead_to_customers(store: &impl Store) -> Result<()> {
    let mut anne = known(customer(1), "anne");
    anne.aliases.push(alias(AliasKind::Anonymous, "x-1"));
    anne.objects = vec![object("R-1"), object("R-2")];
    store.commit(vec![anne, known(customer(2), "bram")]).await?;

    let asked = [user("bram"), user("niemand"), (AliasKind::Anonymous, "x-1".to_owned()), user("x-1")];
    let found = store.by_alias(&rijnoever(), &asked).await?;
    assert_eq!(found, [Some(customer(2)), None, Some(customer(1)), None], "in the order asked, by kind");
    assert_eq!(store.by_alias(&other(), &asked).await?, [None; 4], "not of another organisation");
    let names = store.aliases_of(&rijnoever(), customer(1)).await?;
    assert_eq!(names, [user("anne"), (AliasKind::Anonymous, "x-1".to_owned())]);

    // Later the object turns out to belong to a run; saying less does not take that back.
    let bound = Object { run: Some(run_id(1)), ..object("R-1") };
    store.commit(vec![Change { objects: vec![bound], ..change(customer(1), 1) }]).await?;
    store.commit(vec![Change { objects: vec![object("R-1")], ..change(customer(1), 2) }]).await?;
    let asked = ["R-9", "R-1", "R-2"].map(|id| ("repair".to_owned(), id.to_owned()));
    let owner = |run| Some(Owner { customer: customer(1), run });
    assert_eq!(store.by_object(&rijnoever(), &asked).await?, [None, owner(Some(run_id(1))), owner(None)]);
    Ok(())
}

pub(crate) async fn a_merged_customer_is_followed(store: &impl Store) -> Result<()> {
    let number_of_bram = Change { objects: vec![object("R-1")], ..known(customer(2), "bram") };
    store.commit(vec![known(customer(1), "anne"), number_of_bram, known(customer(3), "b.bakker")]).await?;
    // Three turn out to be one: 2 is 3, and 3 is 1. One name moves along, the others are followed.
    let moved = Alias { instead_of: Some(customer(3)), ..alias(AliasKind::User, "b.bakker") };
    let commits = store
        .commit(vec![
            Change { forwards_to: Some(customer(3)), ..change(customer(2), 1) },
            Change { forwards_to: Some(customer(1)), ..change(customer(3), 1) },
            Change { aliases: vec![moved], ..change(customer(1), 1) },
        ])
        .await?;
    assert_eq!(commits, [Ok(2), Ok(2), Ok(2)]);
    let found = store.by_alias(&rijnoever(), &[user("bram"), user("b.bakker"), user("anne")]).await?;
    assert_eq!(found, [Some(customer(1)); 3]);
    let owner = store.by_object(&rijnoever(), &[("repair".to_owned(), "R-1".to_owned())]).await?;
    assert_eq!(owner, [Some(Owner { customer: customer(1), run: None })]);
    let loser = store.load(&rijnoever(), &[customer(2)]).await?;
    assert_eq!(loser[0].forwards_to, Some(customer(3)));
    assert_eq!(store.customers(&rijnoever(), store::Paging::first(10)).await?.total, 1, "one person on the page");
    Ok(())
}

pub(crate) async fn someone_elses_name_is_a_conflict(store: &impl Store) -> Result<()> {
    let mut anne = known(customer(1), "anne");
    anne.objects = vec![object("R-1")];
    store.commit(vec![anne]).await?;
    let thief = Change { objects: vec![object("R-1")], ..change(customer(2), 0) };
    let commits =
        store.commit(vec![known(customer(2), "anne"), thief, known(customer(3), "carla"), known(customer(4), "carla")]);
    let expected = [
        Err(Conflict::Alias(customer(1))),
        Err(Conflict::Object(customer(1))),
        Ok(1),
        Err(Conflict::Alias(customer(3))),
    ];
    assert_eq!(commits.await?, expected, "of two in one commit the first has the name");
    assert_eq!(store.load(&rijnoever(), &[customer(2), customer(4)]).await?, []);
    Ok(())
}

use store::{Account, AuditFilter, Listed, OrganisationRow, Paging, Result, Role, Session, Store};

use crate::samples::{at, audit, id, other, rijnoever};

fn account(number: u128, email: &str) -> Account {
    Account {
        id: id(number),
        organisation: rijnoever(),
        email: email.to_owned(),
        name: format!("Medewerker {number}"),
        role: Role::Editor,
        password_hash: None,
        language: "nl".to_owned(),
        team: Some("klantcontactcentrum".to_owned()),
        created: at(0),
    }
}

pub(crate) async fn organisations_keep_their_text(store: &impl Store) -> Result<()> {
    let row = OrganisationRow { id: rijnoever(), text: "zone: Europe/Amsterdam\n# nieuw".to_owned(), created: at(99) };
    store.save_organisation(row.clone()).await?;
    let stored = store.organisation(&rijnoever()).await?.expect("it is there");
    assert_eq!((stored.text, stored.created), (row.text, at(0)), "it is as old as it was");
    let ids: Vec<_> = store.organisations().await?.into_iter().map(|row| row.id).collect();
    assert_eq!(ids, [rijnoever(), other()]);
    assert_eq!(store.organisation(&"nergens".into()).await?, None);
    Ok(())
}

pub(crate) async fn accounts_are_found_by_address_without_case(store: &impl Store) -> Result<()> {
    assert!(store.save_account(account(1, "Anne@Example.nl")).await?);
    assert_eq!(store.accounts_by_email(" anne@example.NL ").await?, [account(1, "Anne@Example.nl")]);
    assert!(!store.save_account(account(2, "ANNE@example.nl")).await?, "the address is taken");
    let elsewhere = Account { organisation: other(), ..account(2, "anne@example.nl") };
    assert!(store.save_account(elsewhere).await?, "in another organisation it is free");
    assert_eq!(store.accounts_by_email("anne@example.nl").await?.len(), 2);

    let changed =
        Account { role: Role::Owner, password_hash: Some("$argon2".into()), ..account(1, "anne@rijnoever.nl") };
    assert!(store.save_account(changed.clone()).await?);
    assert_eq!(store.account(&rijnoever(), id(1)).await?, Some(changed.clone()));
    assert_eq!(store.accounts(&rijnoever()).await?, [changed]);
    assert!(store.delete_account(&rijnoever(), id(1)).await?);
    assert!(!store.delete_account(&rijnoever(), id(1)).await?);
    Ok(())
}

pub(crate) async fn sessions_end(store: &impl Store) -> Result<()> {
    store.save_account(account(1, "anne@example.nl")).await?;
    let session = |token: u8, expires| Session {
        token_hash: [token; 32],
        organisation: rijnoever(),
        account: id(1),
        created: at(0),
        expires: at(expires),
        last_seen: at(0),
    };
    for (token, expires) in [(1, 10), (2, 20), (3, 20)] {
        store.save_session(session(token, expires)).await?;
    }
    store.touch_session(&[1; 32], at(5)).await?;
    let (seen, whose) = store.session(&[1; 32], at(9)).await?.expect("still open");
    assert_eq!((seen.last_seen, whose.id), (at(5), id(1)));
    assert_eq!(store.session(&[1; 32], at(10)).await?, None, "expired");
    assert_eq!(store.delete_expired_sessions(at(10)).await?, 1);
    assert!(store.delete_session(&[2; 32]).await?);
    store.delete_account(&rijnoever(), id(1)).await?;
    assert_eq!(store.session(&[3; 32], at(1)).await?, None, "gone with its account");
    Ok(())
}

pub(crate) async fn what_staff_did_is_read_newest_first(store: &impl Store) -> Result<()> {
    for number in 1..=3 {
        store.record(audit(number, i64::try_from(number).expect("small"))).await?;
    }
    let page = store.audit(&rijnoever(), Paging { offset: 1, limit: 1 }).await?;
    assert_eq!(page, Listed { rows: vec![audit(2, 2)], total: 3 });
    assert_eq!(store.audit(&other(), Paging::first(10)).await?.total, 0, "not of another organisation");
    let one = audit(2, 2);
    let asked = [
        AuditFilter { from: Some(at(2)), until: Some(at(3)), ..AuditFilter::default() },
        AuditFilter {
            from: Some(at(2)),
            what: Some(one.what[..3].to_owned()),
            account: one.account,
            until: Some(at(3)),
        },
    ];
    for filter in asked {
        assert_eq!(
            store.audit_of(&rijnoever(), &filter, Paging::first(10)).await?.rows,
            std::slice::from_ref(&one),
            "{filter:?}"
        );
    }
    let none = AuditFilter { what: Some("%".to_owned()), ..AuditFilter::default() };
    assert_eq!(store.audit_of(&rijnoever(), &none, Paging::first(10)).await?.total, 0);
    Ok(())
}

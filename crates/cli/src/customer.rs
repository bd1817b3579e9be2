use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use service::Service;
use service::access::Access;
use store::{AliasKind, Durability, Store, StoredCustomer};
use words::{CustomerId, OrganisationId};

use crate::args::{Customer, CustomerErase, CustomerExport, OneCustomer};
use crate::house::{self, Trouble};

/// How often, and how long between, it is looked whether a message that was on its way has gone.
const LOOKS_MAX: u32 = 120;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Gives or erases.
pub(crate) async fn run(customer: Customer) -> Result<ExitCode, Trouble> {
    match customer {
        Customer::Export(export) => give(export).await,
        Customer::Erase(erase) => self::erase(erase).await,
    }
}

/// The customer that is meant.
struct Found {
    store: Arc<dyn Store>,
    service: Service,
    organisation: OrganisationId,
    stored: StoredCustomer,
}

async fn find(one: &OneCustomer) -> Result<Found, Trouble> {
    let store = house::open(&one.of.data, &one.of.kept, Durability::Full).await?;
    let organisation = house::organisation(store.as_ref(), one.of.organisation.as_deref()).await?.id;
    let service = house::service(store.clone(), &one.of.data, "");
    let named = one.customer.trim();
    let by_name = store.by_alias(&organisation, &[(AliasKind::User, named.to_owned())]).await?.pop().flatten();
    let id = match named.parse::<CustomerId>() {
        Ok(id) => Some(id),
        Err(_) => by_name,
    };
    let stored = match id {
        Some(id) => store.customer(&organisation, id).await?,
        None => {
            let found = store.search_customers(&organisation, named, 50).await?;
            let is_meant = |stored: &StoredCustomer| {
                stored.customer.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(named))
            };
            let mut meant: Vec<_> = found.into_iter().filter(is_meant).collect();
            if meant.len() > 1 {
                let ids: Vec<_> = meant.iter().map(|stored| stored.customer.id.to_string()).collect();
                let (dutch, english) = (
                    format!("meer dan één klant heeft dat adres; noem een van: {}", ids.join(", ")),
                    format!("more than one customer has that address; name one of: {}", ids.join(", ")),
                );
                return Err(one.of.language.pick(&dutch, &english).into());
            }
            meant.pop()
        }
    };
    let stored = stored.filter(|stored| !stored.erased);
    let stored = stored.ok_or_else(|| {
        one.of.language.pick("er is geen klant met dat nummer of adres", "there is no customer with that id or address")
    })?;
    Ok(Found { store, service, organisation, stored })
}

async fn give(export: CustomerExport) -> Result<ExitCode, Trouble> {
    let found = find(&export.one).await?;
    let (id, now) = (found.stored.customer.id, found.service.clock.now());
    let access = Access::gather(found.store.as_ref(), &found.organisation, id, now).await?;
    let access = access.ok_or("the customer is gone")?;
    std::fs::create_dir_all(&export.to).map_err(|error| format!("{}: {error}", export.to.display()))?;
    write(&export.to, "customer.json", access.json().as_bytes())?;
    for (kind, table) in access.tables()? {
        write(&export.to, &format!("{kind}.csv"), &table)?;
    }
    found.store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}

async fn erase(erase: CustomerErase) -> Result<ExitCode, Trouble> {
    let found = find(&erase.one).await?;
    let language = erase.one.of.language;
    let id = found.stored.customer.id;
    if !erase.yes {
        let dutch = format!("Alles van klant {id} wissen? Dit kan niet terug. Typ \"wis\": ");
        let english = format!("Erase everything of customer {id}? This cannot be undone. Type \"erase\": ");
        print!("{}", language.pick(&dutch, &english));
        std::io::stdout().flush()?;
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed)?;
        if typed.trim() != language.pick("wis", "erase") {
            println!("{}", language.pick("er is niets gewist", "nothing was erased"));
            return Ok(ExitCode::FAILURE);
        }
    }
    let (eraser, clock) = (&found.service.eraser, &found.service.clock);
    let begun = eraser.begin(&found.organisation, id, clock.now()).await?;
    let erasure = begun.ok_or("the customer is gone")?;
    let mut looks = 0;
    let mut is_done = eraser.go_on(&erasure, clock.now()).await?;
    while !is_done && looks < LOOKS_MAX {
        // A message is on its way; whoever carries it ends that.
        tokio::time::sleep(BETWEEN_LOOKS).await;
        is_done = eraser.go_on(&erasure, clock.now()).await?;
        looks += 1;
    }
    let said = if is_done {
        language.pick("gewist", "erased")
    } else {
        language.pick(
            "begonnen; een bericht is nog onderweg, `klantreis serve` of `worker` doet de rest",
            "begun; a message is still on its way, `klantreis serve` or `worker` does the rest",
        )
    };
    println!("{said} ({})", erasure.id);
    found.store.close().await;
    Ok(ExitCode::SUCCESS)
}

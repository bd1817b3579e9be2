use async_trait::async_trait;
use words::{OrganisationId, PrincipalId};

use super::{
    SqlStore,
    driver::{Conn, Row},
    read::{Read, all},
    sql::sql,
};
use crate::{Principal, Principals, Result, home};

const LIST: &str = "SELECT organisation, principal, face FROM principals WHERE bucket = $1 AND organisation = $2
    ORDER BY principal";
const SAVE: &str = "INSERT INTO principals (bucket, organisation, principal, face, logo, logo_hash)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (bucket, organisation, principal) DO UPDATE SET face = excluded.face,
        logo = CASE WHEN excluded.logo_hash IS NULL THEN NULL ELSE COALESCE(excluded.logo, principals.logo) END,
        logo_hash = excluded.logo_hash";
const DELETE: &str = "DELETE FROM principals WHERE bucket = $1 AND organisation = $2 AND principal = $3";
const DELETE_SENDERS: &str = "DELETE FROM senders WHERE bucket = $1 AND organisation = $2
    AND substr(channel, length(channel) - length($3)) = '@' || $3";
const LOGO: &str = "SELECT logo FROM principals
    WHERE bucket = $1 AND organisation = $2 AND logo_hash = $3 AND logo IS NOT NULL LIMIT 1";

fn read(row: &Row) -> Result<Principal> {
    let read = Read::new(row, "principal");
    Ok(Principal {
        organisation: read.organisation()?,
        id: PrincipalId::new(read.text("principal")?),
        face: read.json("face")?,
    })
}

async fn delete(conn: &mut Conn, (organisation, id): &(OrganisationId, PrincipalId)) -> Result<bool> {
    let of = |text| sql(text).place(home(organisation), organisation).text(id.as_str());
    of(DELETE_SENDERS).run(conn).await?;
    Ok(of(DELETE).run(conn).await? > 0)
}

#[async_trait]
impl Principals for SqlStore {
    async fn principals(&self, organisation: &OrganisationId) -> Result<Vec<Principal>> {
        all(&sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read)
    }

    async fn save_principal(&self, principal: Principal, logo: Option<Vec<u8>>) -> Result<()> {
        let Principal { organisation, id, face } = &principal;
        let save = sql(SAVE).place(home(organisation), organisation).text(id.as_str()).json(face);
        let save = save.bytes_if(logo.as_deref()).text_if(face.logo.as_ref().map(|logo| logo.hash.as_str()));
        self.change(save).await?;
        Ok(())
    }

    async fn delete_principal(&self, organisation: &OrganisationId, id: &PrincipalId) -> Result<bool> {
        if id.is_own() {
            return Ok(false);
        }
        let named = (organisation.clone(), id.clone());
        self.write(Some(home(organisation)), 1, named, |conn, _, named| Box::pin(delete(conn, named))).await
    }

    async fn logo(&self, organisation: &OrganisationId, hash: &str) -> Result<Option<Vec<u8>>> {
        let asked = sql(LOGO).place(home(organisation), organisation).text(hash);
        let row = asked.row(&mut self.reader().await?).await?;
        row.map(|row| Read::new(&row, "principal").bytes("logo")).transpose()
    }
}

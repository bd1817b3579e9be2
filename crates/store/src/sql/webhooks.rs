use async_trait::async_trait;
use words::OrganisationId;

use super::{SqlStore, driver::Row, read::Read, sealing::WEBHOOKS, sql::sql};
use crate::{Result, Webhook, Webhooks, home};

const GET: &str = "SELECT * FROM webhooks WHERE bucket = $1 AND organisation = $2 AND source = $3";
const SAVE: &str = "INSERT INTO webhooks (bucket, organisation, source, signing, mapping) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bucket, organisation, source) DO UPDATE SET signing = excluded.signing, mapping = excluded.mapping";

fn read(row: &Row) -> Result<Webhook> {
    let read = Read::new(row, "webhook");
    Ok(Webhook {
        organisation: read.organisation()?,
        source: read.text("source")?,
        signing: read.text("signing")?,
        mapping: read.text_if("mapping")?,
    })
}

#[async_trait]
impl Webhooks for SqlStore {
    async fn webhook(&self, organisation: &OrganisationId, source: &str) -> Result<Option<Webhook>> {
        let get = sql(GET).place(home(organisation), organisation).text(source);
        let kept = get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()?;
        let open = |signing| self.sealing.open(&WEBHOOKS, (organisation, source), signing);
        Ok(kept.map(|kept| Webhook { signing: open(kept.signing), ..kept }))
    }

    async fn save_webhook(&self, webhook: Webhook) -> Result<()> {
        let signing = self.sealing.seal(&WEBHOOKS, (&webhook.organisation, &webhook.source), &webhook.signing)?;
        let save = sql(SAVE)
            .place(home(&webhook.organisation), &webhook.organisation)
            .text(&webhook.source)
            .text(&signing)
            .text_if(webhook.mapping.as_deref());
        self.change(save).await?;
        Ok(())
    }
}

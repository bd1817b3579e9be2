use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use crate::{
    App,
    router::{router, watched},
};

/// Serves everything on a listener until `stop` is done; requests under way are finished first.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    answer(router(app), listener, stop).await
}

/// Serves `/health` and `/metrics` alone.
pub async fn serve_watched(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    answer(watched(app), listener, stop).await
}

async fn answer(
    router: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

//! The engine's way to the world outside.

use std::sync::Arc;

use dialplan::world::{Question, Token};
use net::engine_thread::{EngineQueue, Outside};
use switch::ChannelId;
use switch::signal::Order;

use crate::answers::Answerer;

/// Hands questions on. There are no drivers of channels yet, so there is nobody to give orders to.
pub(super) struct World(pub(super) Arc<Answerer>);

impl Outside for World {
    fn ask(&mut self, token: Token, question: Question, answers: &EngineQueue) {
        let answers = answers.clone();
        self.0
            .answer(question, move |answer| answers.answer(token, answer));
    }

    fn order(&mut self, _: ChannelId, _: Order) {}
}

//! The engine's way to the world outside.

use std::sync::Arc;

use dialplan::world::{Question, Token};
use net::engine_thread::{EngineQueue, Outside};
use switch::ChannelId;
use switch::signal::Order;

use crate::answers::Answerer;
use crate::phones::Phones;

/// Hands questions and orders on.
pub(super) struct World {
    pub(super) answerer: Arc<Answerer>,
    pub(super) phones: Arc<Phones>,
}

impl Outside for World {
    fn ask(&mut self, token: Token, question: Question, answers: &EngineQueue) {
        let answers = answers.clone();
        self.answerer.answer(question, &self.phones, move |answer| {
            answers.answer(token, answer);
        });
    }

    fn order(&mut self, channel: ChannelId, order: Order) {
        self.phones.order(channel, order);
    }
}

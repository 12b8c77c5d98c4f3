//! The engine's way to the world outside.

use std::sync::Arc;

use dialplan::world::{Answer, Question, Token};
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
        if let Question::Detail {
            kind, name, field, ..
        } = &question
        {
            let detail = self.phones.detail(kind, name, field);
            // What is in memory needs no other thread; the engine is not waited for either.
            let answers = answers.clone();
            self.answerer
                .hand_on(move || answers.answer(token, Answer::Text(detail)));
            return;
        }
        let question = match question {
            Question::Message {
                destination,
                message,
            } => {
                let (answers, answerer) = (answers.clone(), Arc::clone(&self.answerer));
                // The reply comes on the thread of SIP, which waits for nobody.
                return self.phones.message(destination, *message, move |sent| {
                    let answer = match sent {
                        true => Answer::Done,
                        false => Answer::Failed("nobody can be reached there".to_owned()),
                    };
                    answerer.hand_on(move || answers.answer(token, answer));
                });
            }
            question => question,
        };
        let answers = answers.clone();
        self.answerer
            .answer(question, move |answer| answers.answer(token, answer));
    }

    fn order(&mut self, channel: ChannelId, order: Order) {
        self.phones.order(channel, order);
    }
}

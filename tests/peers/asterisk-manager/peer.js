// asterisk-manager: callbacks by ActionID, event names in lower case, keys in lower case.
'use strict';

const Manager = require('asterisk-manager');

const CALL = 'asterisk-manager-call';
const PATIENCE = 20000;

function fail(text) {
  console.error(`asterisk-manager: ${text}`);
  process.exit(1);
}

function check(holds, what, seen) {
  if (!holds) fail(`${what}, but got ${JSON.stringify(seen)}`);
  console.log(`asterisk-manager: ${what}`);
}

const ami = new Manager(
  process.env.AMI_PORT, process.env.AMI_HOST, process.env.AMI_USER, process.env.AMI_SECRET, true);
ami.on('error', error => fail(`connection: ${error.message}`));

const seen = [];
const waiting = new Set();
ami.on('managerevent', event => {
  seen.push(event);
  waiting.forEach(look => look());
});

// Resolves with the first event that fits, among those that came and those to come.
function event(name, fits = () => true) {
  return new Promise(resolve => {
    const timer = setTimeout(() => fail(`no ${name} within ${PATIENCE} ms`), PATIENCE);
    const look = () => {
      const found = seen.find(e => e.event === name && fits(e));
      if (!found) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
}

function action(fields) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`no reply to ${fields.action} within ${PATIENCE} ms`), PATIENCE);
    ami.action(fields, (error, reply) => {
      clearTimeout(timer);
      if (error) reject(new Error(`${fields.action}: ${error.message}`));
      else resolve(reply);
    });
  });
}

async function main() {
  await event('FullyBooted');
  const pong = await action({ action: 'ping' });
  check(pong.ping === 'Pong', 'logged in; Ping is answered with Pong', pong);

  await action({ action: 'setvar', variable: 'LUNCH', value: 'smørrebrød: two' });
  const variable = await action({ action: 'getvar', variable: 'LUNCH' });
  check(variable.value === 'smørrebrød: two', 'a variable comes back as it was set', variable);

  const queued = await action({
    action: 'originate',
    channel: 'Local/answer@peers',
    channelid: CALL,
    context: 'peers',
    exten: 'talk',
    priority: 1,
    callerid: 'Node <4713>',
    variable: { PEER: 'asterisk-manager', OTHER: '1' },
    async: 'true',
  });
  check(queued.message === 'Originate successfully queued', 'the call is queued', queued);

  const created = await event('Newchannel', e => e.uniqueid === CALL);
  check(created.channel.startsWith('Local/answer@peers-'), 'Newchannel', created);
  const answer = await event('OriginateResponse', e => e.uniqueid === CALL);
  check(answer.response === 'Success', 'the call is answered', answer);
  await event('UserEvent', e => e.userevent === 'PeerTalks' && e.peer === 'asterisk-manager');
  check(true, 'its variable reached the dialplan');

  const list = await action({ action: 'coreshowchannels' });
  check(list.eventlist === 'start', 'the list of channels begins', list);
  await event('CoreShowChannel', e => e.actionid === list.actionid && e.channel === created.channel);
  check(true, 'the call is in it');
  const complete = await event('CoreShowChannelsComplete', e => e.actionid === list.actionid);
  check(complete.eventlist === 'Complete', 'the list ends', complete);

  const hangup = await action({ action: 'hangup', channel: created.channel, cause: 16 });
  check(hangup.response === 'Success', 'Hangup is accepted', hangup);
  const gone = await event('Hangup', e => e.uniqueid === CALL);
  check(gone.cause === '16', 'the call is hung up with cause 16', gone);

  const goodbye = await action({ action: 'logoff' });
  check(goodbye.response === 'Goodbye', 'logged off', goodbye);
  ami.disconnect(() => process.exit(0));
}

main().catch(error => fail(error.message));

// asterisk-ami-client: promises by ActionID, one event per name, a stream parser of its own.
'use strict';

const AmiClient = require('asterisk-ami-client');

const CALL = 'asterisk-ami-client-call';
const PATIENCE = 20000;

function fail(text) {
  console.error(`asterisk-ami-client: ${text}`);
  process.exit(1);
}

function check(holds, what, seen) {
  if (!holds) fail(`${what}, but got ${JSON.stringify(seen)}`);
  console.log(`asterisk-ami-client: ${what}`);
}

const client = new AmiClient({ reconnect: false, dontDeleteSpecActionId: true });
client.on('internalError', error => fail(`connection: ${error.message}`));

const seen = [];
const waiting = new Set();
client.on('event', event => {
  seen.push(event);
  waiting.forEach(look => look());
});

// Resolves with the first event that fits, among those that came and those to come.
function event(name, fits = () => true) {
  return new Promise(resolve => {
    const timer = setTimeout(() => fail(`no ${name} within ${PATIENCE} ms`), PATIENCE);
    const look = () => {
      const found = seen.find(e => e.Event === name && fits(e));
      if (!found) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
}

let actions = 0;

// Its own ActionIDs are the time in milliseconds, and two in one millisecond are alike.
function action(fields) {
  return client.action({ ...fields, ActionID: `${CALL}-${++actions}` }, true);
}

async function main() {
  await client.connect(process.env.AMI_USER, process.env.AMI_SECRET, {
    host: process.env.AMI_HOST,
    port: Number(process.env.AMI_PORT),
  });
  check(client.isConnected, 'logged in', client.isConnected);

  const pong = await action({ Action: 'Ping' });
  check(pong.Ping === 'Pong', 'Ping is answered with Pong', pong);

  await action({ Action: 'Setvar', Variable: 'DESSERT', Value: 'crème: brûlée' });
  const variable = await action({ Action: 'Getvar', Variable: 'DESSERT' });
  check(variable.Value === 'crème: brûlée', 'a variable comes back as it was set', variable);

  const queued = await action({
    Action: 'Originate',
    Channel: 'Local/answer@peers',
    ChannelId: CALL,
    Context: 'peers',
    Exten: 'talk',
    Priority: 1,
    CallerID: 'Promise <4714>',
    Variable: 'PEER=asterisk-ami-client,OTHER=1',
    Async: 'true',
  });
  check(queued.Message === 'Originate successfully queued', 'the call is queued', queued);

  const created = await event('Newchannel', e => e.Uniqueid === CALL);
  check(created.Channel.startsWith('Local/answer@peers-'), 'Newchannel', created);
  const answer = await event('OriginateResponse', e => e.Uniqueid === CALL);
  check(answer.Response === 'Success', 'the call is answered', answer);
  await event('UserEvent', e => e.UserEvent === 'PeerTalks' && e.Peer === 'asterisk-ami-client');
  check(true, 'its variable reached the dialplan');

  const list = await action({ Action: 'CoreShowChannels' });
  check(list.EventList === 'start', 'the list of channels begins', list);
  await event('CoreShowChannel', e => e.ActionID === list.ActionID && e.Channel === created.Channel);
  check(true, 'the call is in it');
  const complete = await event('CoreShowChannelsComplete', e => e.ActionID === list.ActionID);
  check(complete.EventList === 'Complete', 'the list ends', complete);

  const hangup = await action({ Action: 'Hangup', Channel: created.Channel, Cause: 16 });
  check(hangup.Response === 'Success', 'Hangup is accepted', hangup);
  const gone = await event('Hangup', e => e.Uniqueid === CALL);
  check(gone.Cause === '16', 'the call is hung up with cause 16', gone);

  const goodbye = await action({ Action: 'Logoff' });
  check(goodbye.Response === 'Goodbye', 'logged off', goodbye);
  process.exit(0);
}

main().catch(error => fail(error.message));

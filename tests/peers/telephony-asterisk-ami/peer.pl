#!/usr/bin/perl
# Telephony::Asterisk::AMI: blocking, one reply at a time; what is no reply goes to a callback.
use v5.20;
use warnings;

use Telephony::Asterisk::AMI ();

my $call     = 'telephony-asterisk-ami-call';
my $patience = 20;
$| = 1;

local $SIG{ALRM} = sub { failed("no end within $patience s") };
alarm $patience;

sub failed { say STDERR "telephony-asterisk-ami: @_"; exit 1 }

sub shown {
    my ($message) = @_;
    return join '; ', map { "$_=" . (ref $message->{$_} ? "@{ $message->{$_} }" : $message->{$_}) } sort keys %$message;
}

sub check {
    my ($holds, $what, $seen) = @_;
    failed("$what, but got " . shown($seen // {})) unless $holds;
    say "telephony-asterisk-ami: $what";
}

my @events;
my $ami = Telephony::Asterisk::AMI->new(
    Host           => $ENV{AMI_HOST},
    Port           => $ENV{AMI_PORT},
    Username       => $ENV{AMI_USER},
    Secret         => $ENV{AMI_SECRET},
    Event_Callback => sub { push @events, $_[0] },
);

# The first event that fits, among those that came and those to come.
sub event {
    my ($name, $fits) = @_;
    while (1) {
        for my $event (@events) {
            return $event if ($event->{Event} // '') eq $name && $fits->($event);
        }
        my $next = $ami->read_response;
        failed($next->{Message}) if ($next->{Response} // '') eq 'Error' && !$next->{Event};
        push @events, $next;
    }
}

$ami->connect or failed($ami->error);
check(1, 'logged in');

my $pong = $ami->action(Action => 'Ping');
check($pong->{Ping} eq 'Pong', 'Ping is answered with Pong', $pong);

$ami->action(Action => 'Setvar', Variable => 'TEA', Value => 'oolong: hot');
my $variable = $ami->action(Action => 'Getvar', Variable => 'TEA');
check($variable->{Value} eq 'oolong: hot', 'a variable comes back as it was set', $variable);

my $queued = $ami->action(
    Action    => 'Originate',
    Channel   => 'Local/answer@peers',
    ChannelId => $call,
    Context   => 'peers',
    Exten     => 'talk',
    Priority  => 1,
    CallerID  => 'Perl <4715>',
    Variable  => ['PEER=telephony-asterisk-ami', 'OTHER=1'],
    Async     => 'true',
);
check($queued->{Message} eq 'Originate successfully queued', 'the call is queued', $queued);

my $of_call = sub { ($_[0]{Uniqueid} // '') eq $call };
my $new     = event(Newchannel => $of_call);
check($new->{Channel} =~ m{^Local/answer\@peers-}, 'Newchannel', $new);
my $answer = event(OriginateResponse => $of_call);
check($answer->{Response} eq 'Success', 'the call is answered', $answer);
event(UserEvent => sub { $_[0]{UserEvent} eq 'PeerTalks' && $_[0]{Peer} eq 'telephony-asterisk-ami' });
check(1, 'its variable reached the dialplan');

my $list = $ami->action(Action => 'CoreShowChannels');
check($list->{EventList} eq 'start', 'the list of channels begins', $list);
event(CoreShowChannel => sub { $_[0]{Channel} eq $new->{Channel} });
check(1, 'the call is in it');
event(CoreShowChannelsComplete => sub { $_[0]{EventList} eq 'Complete' });
check(1, 'the list ends');

my $hangup = $ami->action(Action => 'Hangup', Channel => $new->{Channel}, Cause => 16);
check($hangup->{Response} eq 'Success', 'Hangup is accepted', $hangup);
my $gone = event(Hangup => $of_call);
check($gone->{Cause} eq '16', 'the call is hung up with cause 16', $gone);

$ami->disconnect or failed($ami->error);
check(1, 'logged off');

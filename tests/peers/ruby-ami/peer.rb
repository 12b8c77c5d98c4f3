# RubyAMI: an actor per connection and a generated lexer; an ActionID it never sent is an exception.
require 'logger'
require 'timeout'
# The library says logger.trace, which Ruby's own logger has not.
class Logger
  alias trace debug
end
require 'ruby_ami'

CALL = 'ruby-ami-call'.freeze
PATIENCE = 20
$stdout.sync = true

def failed(text)
  warn "ruby-ami: #{text}"
  exit! 1
end

def check(holds, what, seen = nil)
  failed "#{what}, but got #{seen.inspect}" unless holds
  puts "ruby-ami: #{what}"
end

Celluloid.logger = Logger.new($stderr, level: Logger::ERROR)
events = Queue.new
stream = RubyAMI::Stream.new(
  ENV.fetch('AMI_HOST'), ENV.fetch('AMI_PORT').to_i, ENV.fetch('AMI_USER'), ENV.fetch('AMI_SECRET'),
  ->(event) { events << event }, Logger.new($stderr, level: Logger::ERROR), PATIENCE
)
stream.async.run

event = lambda do |name, wanted = {}|
  Timeout.timeout(PATIENCE, nil, "no #{name} #{wanted}") do
    loop do
      found = events.pop
      next unless found.is_a?(RubyAMI::Event) && found.name == name
      break found if wanted.all? { |key, value| found[key] == value }
    end
  end
end

begin
  event.call('FullyBooted')
  check stream.version.to_s.start_with?('13'), 'logged in, fully booted', stream.version

  pong = stream.send_action('Ping')
  check pong['Ping'] == 'Pong', 'Ping is answered with Pong', pong

  stream.send_action('Setvar', 'Variable' => 'SOUP', 'Value' => 'pho: large')
  variable = stream.send_action('Getvar', 'Variable' => 'SOUP')
  check variable['Value'] == 'pho: large', 'a variable comes back as it was set', variable

  queued = stream.send_action('Originate',
                              'Channel' => 'Local/answer@peers', 'ChannelId' => CALL, 'Context' => 'peers',
                              'Exten' => 'talk', 'Priority' => 1, 'CallerID' => 'Ruby <4716>',
                              'Variable' => 'PEER=ruby-ami,OTHER=1', 'Async' => 'true')
  check queued['Message'] == 'Originate successfully queued', 'the call is queued', queued

  created = event.call('Newchannel', 'Uniqueid' => CALL)
  check created['Channel'].start_with?('Local/answer@peers-'), 'Newchannel', created
  answer = event.call('OriginateResponse', 'Uniqueid' => CALL)
  check answer['Response'] == 'Success', 'the call is answered', answer

  list = stream.send_action('CoreShowChannels')
  listed = list.events.map { |item| item['Channel'] }
  check listed.include?(created['Channel']), 'the call is in the list of channels', list
  check list.events.last.name == 'CoreShowChannelsComplete', 'the list ends', list

  hangup = stream.send_action('Hangup', 'Channel' => created['Channel'], 'Cause' => 16)
  check hangup['Message'] == 'Channel Hungup', 'Hangup is accepted', hangup
  gone = event.call('Hangup', 'Uniqueid' => CALL)
  check gone['Cause'] == '16', 'the call is hung up with cause 16', gone

  goodbye = stream.send_action('Logoff')
  check goodbye['Message'] == 'Thanks for all the fish.', 'logged off', goodbye
rescue Timeout::Error, RubyAMI::Error => e
  failed e.message
end
exit! 0

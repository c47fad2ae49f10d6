"""The spoken interview in every kind of trouble: it goes on, or it ends with advice, and never reassures."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Any

import pytest
from people import Ears, Loudspeaker, Room, Screen
from shipped import dialogue_in

from voice_triage.dialogue import Dialogue
from voice_triage.errors import EngineError, RecognizerError, RendererError
from voice_triage.hosts.replay import replay
from voice_triage.hosts.voice import VoiceHost
from voice_triage.interview.effects import Kind
from voice_triage.ports import DeviceBack, DeviceLost, Finished, Sound
from voice_triage.protocol.urgency import Urgency
from voice_triage.understanding.hearing import Hearing
from voice_triage.understanding.listening import Listening

BROKEN = RecognizerError("test ears: broken")


def ears(*texts: str | EngineError, weak: bool = False) -> Ears:
    """What is heard in turn; afterwards nothing is made out."""
    return Ears(chain(texts, repeat("")), weak)


def test_an_interview_is_spoken_and_shown_in_full(room: Room) -> None:
    room.screen.on_listening = room.speaks
    ending = room.host(lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY
    assert not ending.sound_failed
    assert set(ending.conclusion.advice) <= set(room.screen.said)
    assert len(room.loudspeaker.played) == len(room.screen.said)
    assert room.screen.conclusion == ending.conclusion


def test_keys_answer_like_words(room: Room) -> None:
    answers = {"who_for": "n", "opener": "k", "offer": "n"}
    room.screen.on_listening = lambda listening: room.keyboard.press(answers.get(listening.asked.fact, "y"))
    ending = room.host(ears).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY


def test_an_age_is_typed_digit_by_digit(room: Room) -> None:
    def answer(listening: Listening) -> None:
        if listening.asked.kind is Kind.AGE:
            room.keyboard.press("7", "backspace", "3", "4", "enter")
        elif listening.asked.kind is Kind.READBACK:
            room.keyboard.press("y")
        else:
            room.keyboard.press("n")

    room.screen.on_listening = answer
    room.host(ears).run()
    assert "34" in room.screen.heards


def test_silence_ends_in_advice_and_never_in_reassurance(room: Room) -> None:
    host = room.host(ears)
    room.screen.on_listening = lambda listening: (
        host.interrupt() if listening.asked.fact == "lost" else room.keeps_silent(listening)
    )
    ending = host.run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY
    assert set(room.screen.heards) == {None}


def test_one_failure_of_the_recogniser_is_an_answer_not_understood(room: Room) -> None:
    room.screen.on_listening = room.speaks
    room.host(lambda: ears(BROKEN, "for me", "my back hurts", "yes", "no")).run()
    assert room.screen.heards[:2] == ["", "for me"]
    assert room.screen.questions[:3] == ["who_for", "who_for", "opener"]


def test_two_failures_in_a_row_bring_in_the_other_recogniser(room: Room) -> None:
    room.screen.on_listening = room.speaks
    ending = room.host(
        lambda: ears("for me", BROKEN, BROKEN), lambda: ears("my back hurts", "yes", "no", weak=True)
    ).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY


def test_ears_that_hear_less_well_say_so_aloud_before_they_go_on(room: Room) -> None:
    weak = dialogue_in("uk").with_ears(weak=True)
    room.screen.on_listening = room.speaks
    host = room.host(
        lambda: ears("for me", "my back hurts", BROKEN, BROKEN), lambda: ears("yes", weak=True), weak=weak
    )
    host.run()
    told = weak.phrasebook.text("weak_ears").split(". ")[0]
    after = room.screen.said.index("In a few words, what's the trouble?")
    assert any(told in text for text in room.screen.said[after:])
    assert not any(told in text for text in room.screen.said[:after])


def test_without_another_recogniser_two_failures_end_in_advice(room: Room) -> None:
    room.screen.on_listening = room.speaks
    ending = room.host(lambda: ears("for me", "my back hurts", "no", BROKEN, BROKEN)).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY
    assert not ending.sound_failed


def _no_ears() -> Ears:
    raise RecognizerError("test ears: the model is damaged")


def test_a_recogniser_that_does_not_load_is_replaced_and_the_greeting_begins_again(room: Room) -> None:
    room.screen.on_listening = room.speaks
    ending = room.host(_no_ears, lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert ending.conclusion is not None
    assert room.screen.said.count(room.screen.said[0]) >= 1
    assert any("the model is damaged" in note for note in room.screen.notes)


def test_without_any_ears_it_does_not_begin(room: Room) -> None:
    room.screen.on_listening = room.keeps_silent
    room.loudspeaker.endless = True
    ending = room.host(_no_ears).run()
    assert ending.conclusion is None
    assert "the model is damaged" in str(ending.ears)
    assert not room.loudspeaker.playing


def test_a_fault_within_the_recogniser_is_a_failure_of_it_and_not_of_the_program(room: Room) -> None:
    def raising() -> Iterator[str]:
        yield "for me"
        raise ZeroDivisionError

    room.screen.on_listening = room.speaks
    ending = room.host(lambda: Ears(raising())).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY


def test_a_lost_microphone_that_comes_back_has_the_question_put_again(room: Room) -> None:
    def listen(listening: Listening) -> None:
        if len(room.screen.questions) == 2:
            lose(room, "microphone")
            room.microphone._post(DeviceBack("microphone", "test"))
        else:
            room.speaks(listening)

    room.screen.on_listening = listen
    room.host(lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert room.screen.questions[:3] == ["who_for", "opener", "opener"]
    assert None not in room.screen.heards, "a lost microphone was taken for silence"


def lose(room: Room, what: str) -> None:
    room.loudspeaker.post(DeviceLost(what, "test", "it was pulled out"))


def test_a_lost_microphone_that_stays_away_ends_in_spoken_advice(room: Room) -> None:
    def listen(listening: Listening) -> None:
        if listening.asked.fact == "collapse_or_faint":
            lose(room, "microphone")
        else:
            room.speaks(listening)

    room.screen.on_listening = listen
    ending = room.host(lambda: ears("for me", "my back hurts", "no")).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY
    assert not ending.sound_failed
    # Where its sound was ready in time, it was also said that the microphone is gone.
    assert len(room.loudspeaker.played) - len(room.screen.said) in (0, 1)


def test_a_microphone_that_brings_nothing_at_all_counts_as_lost(room: Room) -> None:
    ending = room.host(ears).run()  # nobody ever posts a frame
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY
    assert any("no sound comes from it" in note for note in room.screen.notes)


def test_keys_go_on_while_the_microphone_is_away(room: Room) -> None:
    def listen(listening: Listening) -> None:
        lose(room, "microphone")
        room.keyboard.press({"who_for": "n", "opener": "k", "offer": "n"}.get(listening.asked.fact, "y"))

    room.screen.on_listening = listen
    ending = room.host(ears).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY


def test_a_speaker_pulled_out_for_good_leaves_the_advice_on_the_screen(room: Room) -> None:
    def listen(listening: Listening) -> None:
        room.speaks(listening)
        if listening.asked.fact == "chest_pain_or_breathless":
            room.loudspeaker.pulled_out = True

    room.screen.on_listening = listen
    ending = room.host(lambda: ears("for me", "my back hurts", "yes")).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency is Urgency.EMERGENCY
    assert ending.sound_failed
    assert set(ending.conclusion.advice) <= set(room.screen.said)
    assert room.screen.alarms


def test_a_speaker_that_comes_back_says_the_sentence_again(room: Room) -> None:
    class Unplugged(Loudspeaker):
        fallen_out = False

        def play(self, sound: Sound) -> None:
            if not self.fallen_out:
                self.fallen_out = True
                self.post(DeviceLost("speaker", "test", "it was pulled out"))
                self.post(DeviceBack("speaker", "test"))
                return
            super().play(sound)

    room.loudspeaker = Unplugged()
    room.screen.on_listening = room.speaks
    ending = room.host(lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert not ending.sound_failed
    assert len(room.loudspeaker.played) == len(room.screen.said)


class _Mute:
    name = "mute"

    def render(self, text: str, voice: str, rate: int) -> Sound:
        raise RendererError("there is no voice")


def test_without_any_voice_everything_is_shown_and_the_advice_counts_as_unspoken(room: Room) -> None:
    room.renderer = _Mute()
    room.screen.on_listening = room.speaks
    room.screen.on_note = lambda text: room.keyboard.press("space")  # reads fast
    ending = room.host(lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert ending.conclusion is not None
    assert ending.sound_failed
    assert set(ending.conclusion.advice) <= set(room.screen.said)
    assert room.screen.alarms, "nobody was called to the screen in an emergency"


def hurry(room: Room) -> None:
    """A person who reads fast: a space for each line shown."""
    say = room.screen.say

    def say_and_press(text: str) -> None:
        say(text)
        room.keyboard.press("space")

    room.screen.say = say_and_press  # type: ignore[method-assign]  # this double is the test's own


def test_ctrl_c_stops_the_sound_at_once_and_gives_the_warning(room: Room) -> None:
    room.loudspeaker.endless = True
    host = room.host(ears)
    stop_when_playing(room, host)
    ending = host.run()
    assert ending.hung_up
    assert room.loudspeaker.stops
    assert any("numb down below" in text for text in room.screen.said)
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY


def stop_when_playing(room: Room, host: VoiceHost) -> None:
    """Ctrl-C in the middle of the first sentence; what is said after it comes to an end."""
    play = room.loudspeaker.play

    def play_and_stop(sound: Sound) -> None:
        play(sound)
        if len(room.loudspeaker.played) == 1:
            host.interrupt()
            room.loudspeaker.endless = False

    room.loudspeaker.play = play_and_stop  # type: ignore[method-assign]  # this double is the test's own


def test_a_second_ctrl_c_silences_the_warning_too(room: Room) -> None:
    room.loudspeaker.endless = True
    host = room.host(ears)
    play = room.loudspeaker.play

    def play_and_stop(sound: Sound) -> None:
        play(sound)
        host.interrupt()

    room.loudspeaker.play = play_and_stop  # type: ignore[method-assign]  # this double is the test's own
    ending = host.run()
    assert ending.hung_up
    assert not room.loudspeaker.playing
    assert any("numb down below" in text for text in room.screen.said), "it has to be shown at least"


def test_space_skips_a_sentence_and_escape_the_whole_speech(room: Room) -> None:
    room.loudspeaker.endless = True
    host = room.host(ears)
    room.screen.on_listening = lambda listening: host.interrupt()
    play = room.loudspeaker.play

    def play_and_press(sound: Sound) -> None:
        play(sound)
        room.keyboard.press("space" if len(room.loudspeaker.played) == 1 else "esc")

    room.loudspeaker.play = play_and_press  # type: ignore[method-assign]  # this double is the test's own
    host.run()
    assert room.screen.questions == ["who_for"]
    assert room.loudspeaker.stops >= 2


def test_the_end_of_an_earlier_sound_does_not_open_the_ears(room: Room) -> None:
    heard_while_playing = []

    def listen(listening: Listening) -> None:
        heard_while_playing.append(room.loudspeaker.playing)
        room.speaks(listening)

    class Late(Loudspeaker):
        """Tells the end of an earlier sound when the next one has begun."""

        def play(self, sound: Sound) -> None:
            self.played.append(sound)
            self.playing = True
            self.post(Finished())
            threading.Timer(0.02, self.end).start()

        def end(self) -> None:
            self.playing = False
            self.post(Finished())

    room.loudspeaker = Late()
    room.screen.on_listening = listen
    room.host(lambda: ears("for me", "my back hurts", "yes", "no")).run()
    assert not any(heard_while_playing)


def test_an_answer_by_key_ends_the_question_being_spoken(room: Room) -> None:
    room.loudspeaker.endless = True
    play = room.loudspeaker.play
    answers = iter(["n", "k", "y"])

    def play_and_answer(sound: Sound) -> None:
        play(sound)
        room.keyboard.press(next(answers, "space"))

    room.loudspeaker.play = play_and_answer  # type: ignore[method-assign]  # this double is the test's own
    host = room.host(ears)
    room.screen.on_listening = lambda listening: host.interrupt()
    ending = host.run()
    assert room.screen.heards[:3] == ["no", "skip", "yes"]
    assert ending.conclusion is not None


def test_without_speech_the_prompts_are_shown_and_a_key_opens_the_ears(room: Room) -> None:
    hurry(room)
    room.screen.on_listening = room.speaks
    ending = room.host(lambda: ears("for me", "my back hurts", "yes", "no"), silent=True).run()
    assert not room.loudspeaker.played
    assert not ending.sound_failed
    assert ending.conclusion is not None


class Keeper:
    """A journal as it comes back from a file."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def write(self, entry: Mapping[str, Any]) -> None:
        self.entries.append(json.loads(json.dumps(entry)))


@pytest.mark.parametrize("weak", [False, True])
def test_every_record_can_be_replayed(dialogue: Dialogue, room: Room, weak: bool) -> None:
    kept = Keeper()
    room.journal = kept
    room.screen.on_listening = room.speaks
    ending = room.host(lambda: ears("for me", "my back hurts", "no", "", "", "yes", "no", weak=weak)).run()
    replayed = replay(lambda weak_ears: dialogue, kept.entries, Screen())
    assert replayed.differences == ()
    assert replayed.conclusion == ending.conclusion


def test_an_interview_that_changed_its_ears_can_be_replayed(room: Room, dialogue: Dialogue) -> None:
    weak = dialogue_in("uk").with_ears(weak=True)
    kept = Keeper()
    room.journal = kept
    room.screen.on_listening = room.speaks
    host = room.host(
        lambda: ears("for me", "my back hurts", "no", BROKEN, BROKEN),
        lambda: ears("yes", weak=True),
        weak=weak,
    )
    ending = host.run()
    replayed = replay(lambda weak_ears: weak if weak_ears else dialogue, kept.entries, Screen())
    assert replayed.differences == ()
    assert replayed.conclusion == ending.conclusion


def test_a_fault_of_the_program_itself_ends_in_spoken_advice(room: Room) -> None:
    def listen(listening: Listening) -> None:
        if listening.asked.fact == "chest_pain_or_breathless":
            raise ZeroDivisionError
        room.speaks(listening)

    room.screen.on_listening = listen
    ending = room.host(lambda: ears("for me", "my back hurts")).run()
    assert ending.conclusion is not None
    assert ending.conclusion.urgency >= Urgency.SAME_DAY
    assert not ending.sound_failed


def test_a_person_who_needs_time_is_given_more_of_it_from_the_beginning_or_on_request(
    dialogue: Dialogue,
) -> None:
    usual, slow = dialogue.open().listen, dialogue.unhurried().open().listen
    assert usual is not None
    assert slow is not None
    asked = dialogue.hear(dialogue.open().state, Hearing.typed("slow down")).listen
    assert asked is not None
    for listening in (slow, asked):
        assert listening.hangover > usual.hangover
        assert listening.pausing > usual.pausing
        assert listening.timeout > usual.timeout
        assert listening.longest > usual.longest

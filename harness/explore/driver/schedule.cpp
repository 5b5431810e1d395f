#include "explore/driver/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace redflag {
namespace {

using explorer::Page;
constexpr std::string_view head = "redflag schedule 1";

std::uint64_t checksum(std::string_view text) {  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// A line break in an argument would end the line.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == '\n') result += '\\';
    result += c == '\n' ? 'n' : c;
  }
  return result;
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
    } else {
      ++i;
      result += text[i] == 'n' ? '\n' : text[i];
    }
  }
  return result;
}

void add_steps(std::string& text, const std::vector<std::uint16_t>& steps) {
  for (std::size_t i = 0; i < steps.size();) {
    if ((steps[i] & Page::choice_bit) != 0) {
      text += fmt::format("choice {}\n", steps[i] & ~unsigned{Page::choice_bit});
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < steps.size() && steps[end] == steps[i]) ++end;
    text += fmt::format("thread {} steps {}\n", steps[i], end - i);
    i = end;
  }
}

class ScheduleReader {
 public:
  explicit ScheduleReader(const std::string& file) : file_(file) {}

  Schedule read(std::string_view text) {
    const auto last = text.rfind("check ");
    if (!text.starts_with(head)) bad("does not begin with \"" + std::string(head) + "\"");
    if (last == std::string_view::npos || !text.ends_with('\n')) bad("is cut short");
    const std::string said(text.substr(last + 6, text.size() - last - 7));
    if (said != fmt::format("{:016x}", checksum(text.substr(0, last))))
      bad("was changed: its checksum does not fit");
    std::istringstream in{std::string(text.substr(0, last))};
    std::string line;
    std::getline(in, line);
    for (number_ = 2; std::getline(in, line); ++number_) take(line);
    if (schedule_.argv.empty()) bad("names no program");
    return std::move(schedule_);
  }

 private:
  [[noreturn]] void bad(const std::string& what) const {
    throw BadSchedule(fmt::format("{} {}", file_, what));
  }

  [[nodiscard]] std::uint64_t number(std::string_view text, int base = 10) const {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size())
      bad(fmt::format("has \"{}\" in line {}, where a number should be", text, number_));
    return value;
  }

  void take(const std::string& line) {
    const auto space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (word == "program" || word == "argument") {
      schedule_.argv.push_back(unescaped(rest));
    } else if (word == "body") {
      schedule_.body = unescaped(rest);
    } else if (word == "build-id") {
      schedule_.build_id = rest;
    } else if (word == "signature") {
      schedule_.signature = unescaped(rest);
    } else if (word == "found-by") {
      schedule_.found_by = unescaped(rest);
    } else if (word == "max-steps") {
      schedule_.max_steps = number(rest);
    } else if (word == "spurious") {
      schedule_.spurious = number(rest) != 0;
    } else if (word == "early-timeouts") {
      schedule_.early_timeouts = number(rest) != 0;
    } else if (word == "weak-memory") {
      schedule_.weak_memory = number(rest) != 0;
    } else if (word == "eviction") {
      schedule_.eviction = static_cast<std::uint32_t>(number(rest));
    } else if (word == "hash") {
      schedule_.hash = number(rest, 16);
    } else if (word == "access") {
      const auto middle = rest.find(' ');
      if (middle == std::string::npos)
        bad(fmt::format("has a line {} that lacks a place", number_));
      add_access(number(rest.substr(0, middle)), number(rest.substr(middle + 1), 16));
    } else if (word == "choice") {
      add(number(rest) | Page::choice_bit, 1);
    } else if (word == "thread") {
      const auto middle = rest.find(" steps ");
      if (middle == std::string::npos)
        bad(fmt::format("has a line {} that lacks \"steps\"", number_));
      add(number(rest.substr(0, middle)), number(rest.substr(middle + 7)));
    } else {
      bad(fmt::format("has \"{}\" in line {}, which this redflag does not know", word, number_));
    }
  }

  void add(std::uint64_t step, std::uint64_t times) {
    if (step > 0xffff || times > Page::most_prefix - schedule_.steps.size())
      bad(fmt::format("has too many steps in line {}", number_));
    schedule_.steps.insert(schedule_.steps.end(), times, static_cast<std::uint16_t>(step));
  }

  void add_access(std::uint64_t module, std::uint64_t offset) {
    if (module >= Page::most_modules || schedule_.racing.size() == Page::most_racing)
      bad(fmt::format("has too many accesses in line {}", number_));
    schedule_.racing.push_back({static_cast<std::uint32_t>(module), offset});
  }

  const std::string& file_;
  int number_ = 1;
  Schedule schedule_;
};

}  // namespace

std::vector<std::uint16_t> steps_taken(const Page& page) {
  std::vector<std::uint16_t> steps;
  const auto count = std::min<std::size_t>(page.event_count, Page::most_events);
  steps.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const explorer::Event& event = page.events[i];
    steps.push_back(event.action == explorer::Action::choice
                        ? static_cast<std::uint16_t>(event.value | Page::choice_bit)
                        : event.thread);
  }
  return steps;
}

std::string to_text(const Schedule& schedule) {
  std::string text = std::string(head) + "\n";
  const char* word = "program";
  for (const auto& argument : schedule.argv) {
    text += fmt::format("{} {}\n", word, escaped(argument));
    word = "argument";
  }
  if (!schedule.body.empty()) text += fmt::format("body {}\n", escaped(schedule.body));
  text += fmt::format("build-id {}\nsignature {}\nfound-by {}\n", schedule.build_id,
                      escaped(schedule.signature), escaped(schedule.found_by));
  text += fmt::format(
      "max-steps {}\nspurious {:d}\nearly-timeouts {:d}\nweak-memory {:d}\neviction {}\n"
      "hash {:016x}\n",
      schedule.max_steps, schedule.spurious, schedule.early_timeouts, schedule.weak_memory,
      schedule.eviction, schedule.hash);
  for (const auto& place : schedule.racing)
    text += fmt::format("access {} {:x}\n", place.module, place.offset);
  add_steps(text, schedule.steps);
  return text + fmt::format("check {:016x}\n", checksum(text));
}

Schedule schedule_from_text(std::string_view text, const std::string& file) {
  return ScheduleReader(file).read(text);
}

}  // namespace redflag

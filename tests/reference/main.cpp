// fleetmeter-reference: asks the reference about archives of JSON.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "reference.hpp"

namespace {

namespace fs = std::filesystem;
using fleetmeter::reference::Archive;
using fleetmeter::reference::Error;
using fleetmeter::reference::Millis;
using fleetmeter::reference::Question;

constexpr const char* kUsage =
    "usage: fleetmeter-reference billing|egress [--by a,b,..] [--tz ZONE]\n"
    "         [--from T] [--to T] [--day D] [--month M] [--as-of T]\n"
    "         [--grace 15m] [--max-lifespan 72h] [--app X]... [--region X]...\n"
    "         [--deployment X]... [--process X]... [--observed-at T] PATH...\n";

/// The command line: options with all their values, and the rest.
struct Arguments {
  std::map<std::string, std::vector<std::string>> options;
  std::vector<std::string> rest;

  [[nodiscard]] std::vector<std::string> all(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>{} : found->second;
  }
  [[nodiscard]] std::optional<std::string> last(const std::string& name) const {
    const std::vector<std::string> values = all(name);
    return values.empty() ? std::nullopt : std::optional(values.back());
  }
};

Arguments read_arguments(int argc, char** argv) {
  static const std::vector<std::string> known = {
      "--by",         "--tz",      "--from",        "--to",          "--day",
      "--month",      "--as-of",   "--grace",       "--app",         "--region",
      "--deployment", "--process", "--observed-at", "--max-lifespan"};
  Arguments out;
  const std::vector<std::string> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      out.rest.push_back(words[i]);
      continue;
    }
    if (std::find(known.begin(), known.end(), words[i]) == known.end() || i + 1 == words.size()) {
      throw Error("unknown option, or no value: " + words[i]);
    }
    out.options[words[i]].push_back(words[i + 1]);
    ++i;
  }
  return out;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> out;
  std::istringstream in(list);
  for (std::string item; std::getline(in, item, ',');) {
    out.push_back(item);
  }
  return out;
}

Question question_of(const Arguments& arguments) {
  Question question;
  question.tz = arguments.last("--tz").value_or("UTC");
  question.by = split(arguments.last("--by").value_or(""));
  question.day = arguments.last("--day");
  question.month = arguments.last("--month");
  const auto instant = [&](const char* option, std::optional<Millis>& field) {
    if (const auto text = arguments.last(option)) {
      field = fleetmeter::reference::parse_instant(*text, question.tz);
    }
  };
  instant("--from", question.from_ms);
  instant("--to", question.to_ms);
  instant("--as-of", question.as_of_ms);
  const int bounds = (question.day ? 1 : 0) + (question.month ? 1 : 0) +
                     (question.from_ms || question.to_ms ? 1 : 0);
  if (bounds > 1) {
    throw Error("--day, --month and --from/--to exclude each other");
  }
  const auto duration = [&](const char* option, Millis& field) {
    if (const auto text = arguments.last(option)) {
      field = fleetmeter::reference::parse_duration(*text);
    }
  };
  duration("--grace", question.grace_ms);
  duration("--max-lifespan", question.max_lifespan_ms);
  question.apps = arguments.all("--app");
  question.regions = arguments.all("--region");
  question.deployments = arguments.all("--deployment");
  question.processes = arguments.all("--process");
  return question;
}

void add_file(Archive& archive, const fs::path& path, std::optional<Millis> flag) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw Error("cannot read " + path.string());
  }
  std::ostringstream text;
  text << in.rdbuf();
  archive.add_text(
      text.str(),
      flag ? flag : fleetmeter::reference::parse_file_name_time(path.filename().string()));
}

/// A file, or a folder with all its files, recursively, in name order.
void add_path(Archive& archive, const fs::path& path, std::optional<Millis> flag) {
  if (!fs::is_directory(path)) {
    add_file(archive, path, flag);
    return;
  }
  std::vector<fs::path> entries(fs::directory_iterator(path), fs::directory_iterator{});
  std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
    return a.filename().native() < b.filename().native();
  });
  for (const fs::path& entry : entries) {
    const std::string extension = entry.extension().string();
    if (fs::is_directory(entry) || extension == ".json" || extension == ".ndjson" ||
        extension == ".jsonl") {
      add_path(archive, entry, flag);
    }
  }
}

void run(const Arguments& arguments) {
  if (arguments.rest.size() < 2 ||
      (arguments.rest[0] != "billing" && arguments.rest[0] != "egress")) {
    throw Error(std::string("what is asked, and of which archive?\n") + kUsage);
  }
  const Question question = question_of(arguments);
  std::optional<Millis> flag;
  if (const auto text = arguments.last("--observed-at")) {
    flag = fleetmeter::reference::parse_instant(*text, question.tz);
  }
  Archive archive;
  for (std::size_t i = 1; i < arguments.rest.size(); ++i) {
    add_path(archive, arguments.rest[i], flag);
  }
  std::cout << (arguments.rest[0] == "billing"
                    ? fleetmeter::reference::billing_csv(archive, question)
                    : fleetmeter::reference::egress_csv(archive, question));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(read_arguments(argc, argv));
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "fleetmeter-reference: " << failure.what() << '\n';
    return 2;
  }
}

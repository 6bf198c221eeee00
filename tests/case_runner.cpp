// case_runner: runs one whole-program case, a file that holds its input, its commands and the
// output they must give. See kUsage for the format.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr const char* kUsage =
    "usage: case_runner [--keep] [--update] BIN_DIR FILE.test\n"
    "\n"
    "Runs the commands of a case in a fresh folder, with BIN_DIR first in PATH.\n"
    "  --keep    leave the folder for a look\n"
    "  --update  write what came into FILE.test\n"
    "\n"
    "A case begins with what it shows. Then lines that start with === begin its parts:\n"
    "  === file PATH     makes a file of the lines that follow\n"
    "  === note          the lines that follow are for people\n"
    "  === run COMMAND   for /bin/sh; the lines that follow are its standard output, exactly\n"
    "  === exit N        after a run: its exit code, when it is not 0\n"
    "  === stderr        after a run: its standard error, when that matters\n"
    "Blank lines before === separate parts and belong to none. A command may go on over lines\n"
    "that end in a backslash.\n";

/// One part of a case: a line of === and what stands below it.
struct Part {
  std::string verb;      ///< empty for what stands before the first ===
  std::string argument;  ///< a path, a command, a code; a command may span lines
  std::size_t line = 0;  ///< of its first line of content, from 1
  std::vector<std::string> content;
  std::size_t blank_lines = 0;  ///< that follow the content
};

std::vector<std::string> lines_of(std::istream& in) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + '\n';
  }
  return text;
}

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Part begin_part(const std::vector<std::string>& lines, std::size_t& at) {
  std::istringstream words(lines[at].substr(3));
  Part part;
  words >> part.verb >> std::ws;
  std::getline(words, part.argument);
  while (part.verb == "run" && part.argument.ends_with('\\') && at + 1 < lines.size()) {
    part.argument += '\n' + lines[++at];
  }
  part.line = at + 2;
  return part;
}

std::vector<Part> parse(const std::vector<std::string>& lines) {
  std::vector<Part> parts{{"", "", 1, {}, 0}};
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at].starts_with("===")) {
      parts.push_back(begin_part(lines, at));
    } else {
      parts.back().content.push_back(lines[at]);
    }
  }
  for (Part& part : parts) {
    while (!part.content.empty() && part.content.back().empty()) {
      part.content.pop_back();
      ++part.blank_lines;
    }
  }
  return parts;
}

std::string written(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    if (!part.verb.empty()) {
      text += "=== " + part.verb + (part.argument.empty() ? "" : " " + part.argument) + '\n';
    }
    text += text_of(part.content) + std::string(part.blank_lines, '\n');
  }
  return text;
}

/// What one command did.
struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// A folder of its own for one case, with what its commands write beside it.
class Workplace {
 public:
  explicit Workplace(bool keep) : keep_(keep) {
    std::string name = (fs::temp_directory_path() / "fleetmeter-case-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot make a folder for the case");
    }
    root_ = name;
    fs::create_directory(root_ / "work");
  }
  ~Workplace() {
    if (keep_) {
      std::cerr << "kept in " << root_.string() << '\n';
      return;
    }
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  void make_file(const Part& part) const {
    const fs::path path = root_ / "work" / part.argument;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text_of(part.content);
  }

  [[nodiscard]] Outcome run(const std::string& command) const {
    const pid_t child = fork();
    if (child == 0) {
      become(command);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
      throw std::runtime_error("cannot run /bin/sh");
    }
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, slurp(root_ / "out"), slurp(root_ / "err")};
  }

 private:
  [[noreturn]] void become(const std::string& command) const {
    const auto redirect = [](const fs::path& path, int flags, int to) {
      const int from = open(path.c_str(), flags, 0600);
      return from >= 0 && dup2(from, to) == to;
    };
    const int fresh = O_WRONLY | O_CREAT | O_TRUNC;
    const bool ready = chdir((root_ / "work").c_str()) == 0 &&
                       redirect("/dev/null", O_RDONLY, STDIN_FILENO) &&
                       redirect(root_ / "out", fresh, STDOUT_FILENO) &&
                       redirect(root_ / "err", fresh, STDERR_FILENO);
    if (ready) {
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    }
    _exit(127);
  }

  fs::path root_;
  bool keep_;
};

/// Shows the lines that differ, without the ones that agree before and after them.
void show_difference(const std::string& file, const Part& part, const std::string& what,
                     const std::string& expected, const std::string& actual) {
  std::istringstream expected_text(expected);
  std::istringstream actual_text(actual);
  const std::vector<std::string> want = lines_of(expected_text);
  const std::vector<std::string> have = lines_of(actual_text);
  const std::size_t shorter = std::min(want.size(), have.size());
  std::size_t head = 0;
  while (head < shorter && want[head] == have[head]) {
    ++head;
  }
  std::size_t tail = 0;
  while (tail < shorter - head && want[want.size() - 1 - tail] == have[have.size() - 1 - tail]) {
    ++tail;
  }
  std::cerr << file << ':' << part.line + head << ": " << what << " differs\n";
  for (std::size_t i = head; i < want.size() - tail; ++i) {
    std::cerr << "  expected  " << want[i] << '\n';
  }
  for (std::size_t i = head; i < have.size() - tail; ++i) {
    std::cerr << "  actual    " << have[i] << '\n';
  }
  if (want == have) {
    std::cerr << "  actual    does not end with a line end\n";
  }
}

/// Compares one outcome with the parts that tell it, or writes it into them.
class Check {
 public:
  Check(std::string file, bool update) : file_(std::move(file)), update_(update) {}

  void of_run(std::vector<Part>& parts, std::size_t run, const Outcome& outcome) {
    const bool failed_before = failed_;
    compare(parts[run], "standard output", outcome.out);
    bool told_exit = false;
    for (std::size_t i = run + 1; i < parts.size(); ++i) {
      if (parts[i].verb == "exit") {
        told_exit = true;
        compare_exit(parts[i], outcome.exit_code);
      } else if (parts[i].verb == "stderr") {
        compare(parts[i], "standard error", outcome.err);
      } else if (parts[i].verb != "note") {
        break;
      }
    }
    if (!told_exit && outcome.exit_code != 0) {
      Part exit{"exit", "0", parts[run].line - 1, {}, parts[run].blank_lines};
      compare_exit(exit, outcome.exit_code);
      if (update_) {
        parts[run].blank_lines = 0;
        parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(run) + 1, exit);
      }
    }
    if (failed_ && !failed_before) {
      std::cerr << "  command   " << parts[run].argument << '\n'
                << "  stderr    " << outcome.err << '\n';
    }
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void compare(Part& part, const std::string& what, const std::string& actual) {
    if (text_of(part.content) == actual) {
      return;
    }
    if (update_) {
      std::istringstream text(actual);
      part.content = lines_of(text);
      return;
    }
    failed_ = true;
    show_difference(file_, part, what, text_of(part.content), actual);
  }

  void compare_exit(Part& part, int actual) {
    if (part.argument == std::to_string(actual)) {
      return;
    }
    if (update_) {
      part.argument = std::to_string(actual);
      return;
    }
    failed_ = true;
    std::cerr << file_ << ':' << part.line - 1 << ": exit code differs\n  expected  "
              << part.argument << "\n  actual    " << actual << '\n';
  }

  std::string file_;
  bool update_;
  bool failed_ = false;
};

bool run_case(const std::string& file, bool keep, bool update) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw std::runtime_error(file + ": cannot be read");
  }
  std::vector<Part> parts = parse(lines_of(in));
  const Workplace workplace(keep);
  Check check(file, update);
  std::size_t runs = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string verb = parts[i].verb;
    if (verb == "file") {
      workplace.make_file(parts[i]);
    } else if (verb == "run") {
      ++runs;
      check.of_run(parts, i, workplace.run(parts[i].argument));
    } else if (verb != "" && verb != "note" && verb != "exit" && verb != "stderr") {
      throw std::runtime_error(file + ':' + std::to_string(parts[i].line - 1) + ": no such part (" +
                               verb + ")");
    }
  }
  if (runs == 0) {
    throw std::runtime_error(file + ": runs nothing");
  }
  if (update) {
    std::ofstream(file, std::ios::binary) << written(parts);
  }
  return !check.failed();
}

void set_environment(const std::string& bin_dir) {
  const char* path = std::getenv("PATH");
  const std::string full = fs::canonical(bin_dir).string() + ':' + (path == nullptr ? "" : path);
  setenv("PATH", full.c_str(), 1);
  setenv("TZ", "UTC", 1);
  setenv("LC_ALL", "C", 1);
  unsetenv("HOME");
  unsetenv("FLEETMETER_DB");
  unsetenv("COLUMNS");
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> names;
  bool keep = false;
  bool update = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    keep = keep || word == "--keep";
    update = update || word == "--update";
    if (!word.starts_with("--")) {
      names.emplace_back(word);
    }
  }
  if (names.size() != 2) {
    std::cerr << kUsage;
    return 2;
  }
  try {
    set_environment(names[0]);
    return run_case(names[1], keep, update) ? 0 : 1;
  } catch (const std::exception& failure) {
    std::cerr << "case_runner: " << failure.what() << '\n';
    return 2;
  }
}

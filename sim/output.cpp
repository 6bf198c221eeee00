#include "sim/output.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace fleetmeter::sim {
namespace {

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), path);
}

std::FILE* open_file(const std::string& path, bool append) {
  std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), append ? "ab" : "wb");
  if (file == nullptr) {
    fail(path);
  }
  (void)std::setvbuf(file, nullptr, _IOFBF, std::size_t{1} << 20);
  return file;
}

}  // namespace

OutputFile::OutputFile(const std::string& path, bool append)
    : path_(path), file_(open_file(path, append)) {}

void OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail(path_);
  }
}

void OutputFile::close() {
  if (std::fflush(file_.get()) != 0) {
    fail(path_);
  }
  file_.reset();
}

ArchiveOutput::ArchiveOutput(std::string path, Layout layout)
    : path_(std::move(path)), layout_(layout) {
  if (layout_ == Layout::ndjson) {
    single_ = std::make_unique<OutputFile>(path_, false);
  } else {
    std::filesystem::create_directories(path_);
  }
}

void ArchiveOutput::write(const Document& document) {
  if (single_) {
    single_->write(document.text);
    single_->write("\n");
    return;
  }
  std::filesystem::path folder = path_;
  if (layout_ == Layout::tree) {
    folder /= document.file_name.substr(0, 10);
    std::filesystem::create_directories(folder);
  }
  OutputFile file((folder / document.file_name).string(), false);
  file.write(document.text);
  file.write("\n");
  file.close();
}

void ArchiveOutput::finish() {
  if (single_) {
    single_->close();
  }
}

TruthOutput::TruthOutput(const std::string& path) : file_(path, false) {
  file_.write(
      "process_id,app_id,deployment_id,region,starting_at_ms,start_ms,stop_ms,terminated_at_ms,"
      "egressed_bytes\n");
}

void TruthOutput::write(const TrueProcess& process) {
  line_.clear();
  for (const std::string* text :
       {&process.id, &process.app, &process.deployment, &process.region}) {
    line_ += *text;
    line_ += ',';
  }
  append_number(line_, process.starting_ms);
  line_ += ',';
  if (!process.never_started) {
    append_number(line_, process.started_ms);
  }
  for (const std::int64_t number :
       {process.stopping_ms, process.terminated_ms, process.total_bytes()}) {
    line_ += ',';
    append_number(line_, number);
  }
  line_ += '\n';
  file_.write(line_);
}

}  // namespace fleetmeter::sim
